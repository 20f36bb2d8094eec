"""Everything that can happen, one file per capability. Names and versions are stored for ever: see `event.py`."""
