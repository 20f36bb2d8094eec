"""Receivables: who owes how much, and for how long."""
