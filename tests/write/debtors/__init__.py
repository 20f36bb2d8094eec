"""Decisions and handlers of debtors."""
