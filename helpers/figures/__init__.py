"""What the notebooks draw, by subject: drawing functions, then live figures."""
