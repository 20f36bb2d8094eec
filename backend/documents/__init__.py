"""Documents: a pure view of an event, then HTML and PDF. Nothing here decides or records anything."""
