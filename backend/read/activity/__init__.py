"""Who did what, when and why: one row per event, without personal data."""
