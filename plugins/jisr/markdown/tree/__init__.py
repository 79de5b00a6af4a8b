"""Parsed blocks to an element tree."""
