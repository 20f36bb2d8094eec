"""The command line, in the test's own process."""
