"""PDF of texts: pages of the built site with a text layer in logical order."""
