"""Stands of civic projects, their questions, demonstrations and contacts."""
