"""Drawings as SVG: timeline and map."""
