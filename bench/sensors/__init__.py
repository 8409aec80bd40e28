"""Measures the way of a sensor's message, foreign codecs, and pages over a million readings."""
