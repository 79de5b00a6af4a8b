"""Transforms of the element tree: anchors, bidi isolation."""
