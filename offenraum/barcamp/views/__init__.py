"""Topics on the phone."""
