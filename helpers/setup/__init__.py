"""The environment: made, checked, and what runs the notebooks in it."""
