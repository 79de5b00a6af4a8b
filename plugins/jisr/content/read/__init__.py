"""Files of a content folder to parsed versions."""
