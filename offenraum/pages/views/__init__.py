"""Pages put together from several slices."""
