"""Lexicons of the rules: words, currencies, titles. Data only."""
