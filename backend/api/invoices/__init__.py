"""Invoices: drafts, issuing, their documents and history."""
