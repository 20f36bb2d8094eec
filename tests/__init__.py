"""The tests; docs/architecture.md section 6 says where each belongs."""
