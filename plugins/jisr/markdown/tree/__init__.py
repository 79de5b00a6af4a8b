"""Conversion of parsed blocks to an element tree."""
