"""Views of a text: its page, side by side, conference, resolutions."""
