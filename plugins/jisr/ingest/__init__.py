"""Untrusted text to our Markdown: fetching, charsets, sanitizing, conversion, language."""
