"""The chart of accounts and the posting rules."""
