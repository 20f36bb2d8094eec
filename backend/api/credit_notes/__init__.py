"""Credit notes, and cancelling an invoice by one."""
