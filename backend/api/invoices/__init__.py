"""Invoices: drafts, issuing, their documents and history, payment and cancellation."""
