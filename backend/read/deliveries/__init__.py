"""Dispatches of invoices: their states and attempts, and those a person must look at."""
