"""Invoices: draft, revise, discard, issue."""
