"""Blocks of a text, their hashes, and what of a translation is stale."""
