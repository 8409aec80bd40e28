"""Decisions about a website on plain values."""
