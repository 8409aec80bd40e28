"""Offenraum: participatory conferences of the public sector."""
