"""The console of the platform: what its operators see and do, and that nobody else does."""
