"""What must be true of every journal, one file per question. Each check is pure: events in, findings out."""
