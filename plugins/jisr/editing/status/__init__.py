"""``inv status``: missing and stale translations."""
