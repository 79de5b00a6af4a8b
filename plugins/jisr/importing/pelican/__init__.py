"""Blogs of Pelican: Markdown and reStructuredText."""
