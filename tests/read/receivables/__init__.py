"""The read model receivables."""
