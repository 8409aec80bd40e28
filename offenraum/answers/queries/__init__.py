"""Reads of the question desk: what can be found, what is shown of it, what an editor looks after."""
