"""The change stream: versions, hub, buses, regions."""
