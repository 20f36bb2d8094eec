"""GraphQL: what it answers, what it refuses, what it hides."""
