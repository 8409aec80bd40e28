"""Changes about sensors."""
