"""``inv translate``, ``inv po`` and ``inv merge``."""
