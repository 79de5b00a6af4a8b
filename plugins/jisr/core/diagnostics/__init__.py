"""Problems with their place and remedy, and how they are formatted in a message language."""
