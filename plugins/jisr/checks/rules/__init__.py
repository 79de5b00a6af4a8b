"""The rules of ``inv check`` on texts, one subject a module."""
