"""Shared building blocks without nouns of the domain."""
