"""Pages of the question desk."""
