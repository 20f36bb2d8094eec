"""The read model ledger."""
