"""The org tree: districts and clubs below a federation. Plain rows with a recorded past."""
