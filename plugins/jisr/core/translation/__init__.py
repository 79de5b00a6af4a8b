"""Blocks of a text and their hashes, stale translations, and alignment of versions."""
