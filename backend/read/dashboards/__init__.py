"""Totals at a glance: outstanding, issued, collected, revenue by period, top debtors."""
