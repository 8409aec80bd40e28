"""Pages about who runs a conference."""
