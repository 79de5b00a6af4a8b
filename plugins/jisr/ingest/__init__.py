"""Text of strangers to our Markdown: fetching, charsets, sanitizing, conversion, language."""
