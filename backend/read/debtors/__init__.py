"""Who may be billed: list, search, detail."""
