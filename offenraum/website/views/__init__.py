"""Pages of a conference's website."""
