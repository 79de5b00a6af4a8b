"""Requests to members: when, and where their feed is found."""
