"""Dealbell: reads news feeds, finds deals and leadership changes, tells the channels that asked."""

__version__ = "0.1.0"
