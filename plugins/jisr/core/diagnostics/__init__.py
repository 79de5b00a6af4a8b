"""Problems with their place and remedy, and their formatting in a message language."""
