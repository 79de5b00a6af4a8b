"""Parsed versions to translation sets, collections, links and routes."""
