"""Who may be given what."""
