"""Kill, lose, delay, duplicate: then the invariants of `reliability.md`. Only what these tests started is killed."""
