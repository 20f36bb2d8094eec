"""REST through its public addresses, on real servers."""
