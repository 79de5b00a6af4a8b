"""Inline parser."""
