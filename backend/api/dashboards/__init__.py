"""Dashboards: totals of a season, revenue by period, top debtors."""
