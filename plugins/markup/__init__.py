"""What our Markdown is: the body of a text to HTML, with its links, anchors and resolutions."""
