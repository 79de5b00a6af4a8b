"""Inline parsing: emphasis, links, code, footnote references, HTML."""
