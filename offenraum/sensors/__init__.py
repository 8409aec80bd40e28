"""Devices, what they send, and what it means."""
