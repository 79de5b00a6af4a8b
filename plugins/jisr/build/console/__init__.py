"""Problems and progress on a terminal, in a message language."""
