"""Files that several commands write: replies of readers, and archives whose bytes hang on nothing but what is in them."""
