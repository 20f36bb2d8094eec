"""Runs and how far they are: progress, totals, and the outcome of every debtor."""
