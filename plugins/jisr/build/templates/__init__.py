"""The Jinja environment and its component cache."""
