"""Composition: settings, addresses, the ASGI application, the guard and the command line."""
