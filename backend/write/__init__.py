"""The only code that may change anything: commands, decisions, handlers, one folder per capability."""
