"""Results, exports and open data."""
