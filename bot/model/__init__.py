"""Frozen data that flows through the house: article -> event -> fact -> story -> alert -> card.

Nothing here reads a clock, a file or a network; every other room imports from here.
"""
