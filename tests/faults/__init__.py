"""Kill, lose, delay, duplicate: then the invariants of `reliability.md`. Only processes these tests started are killed."""
