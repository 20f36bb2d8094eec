"""The edge through its public addresses, on real servers."""
