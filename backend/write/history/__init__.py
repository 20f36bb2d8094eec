"""Invoices of the time before Carreau."""
