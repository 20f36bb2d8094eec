"""What the world is told and asked: e-mail out, exchange rates in. At least once, never inside a command."""
