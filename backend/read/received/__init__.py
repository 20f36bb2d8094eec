"""Invoices that other tenants sent to this one (mirror documents)."""
