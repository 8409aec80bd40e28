"""Changes of a conference's website."""
