"""Money that arrived: each payment with the invoices it settled."""
