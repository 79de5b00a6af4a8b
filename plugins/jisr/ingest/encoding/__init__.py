"""Charset detection and repair of mojibake."""
