"""Selection of posts: rules, identity, duplicates, translations, ids."""
