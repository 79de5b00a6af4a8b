"""Rebuild of the outputs that show changed words."""
