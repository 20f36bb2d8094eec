"""Deliveries of invoices: sent, recorded, switched off."""
