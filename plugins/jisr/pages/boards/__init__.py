"""Boards of ``/status/`` and ``/blogs/``: what waits for translators, for moderators, and how the members' blogs are."""
