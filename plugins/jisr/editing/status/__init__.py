"""``inv status``: what is missing or stale."""
