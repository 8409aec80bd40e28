"""Changes of the market."""
