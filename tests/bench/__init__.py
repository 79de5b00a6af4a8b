"""Measures: a corpus of any size, Jisr and Hugo in turn on the same work."""
