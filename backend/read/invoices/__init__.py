"""Invoices as people look for them and look at them: the list, the detail, the history of every status."""
