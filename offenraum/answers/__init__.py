"""Search and the question desk: passages, their index, what was asked."""
