"""The few projections kept in the command's own transaction, because a decision may not be late. Keep them few."""
