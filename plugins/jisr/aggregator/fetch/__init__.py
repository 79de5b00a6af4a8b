"""Requests to members: client, back-off, feed autodiscovery."""
