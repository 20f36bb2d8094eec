"""The read model debtors."""
