"""URL paths, links between them, and the feeds that exist."""
