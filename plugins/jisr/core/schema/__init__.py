"""Kinds, their fields, and the validation of front matter."""
