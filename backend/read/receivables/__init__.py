"""What is owed, by whom and since when: aging at any date, debts, statements."""
