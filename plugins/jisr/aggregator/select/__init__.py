"""Which items become posts: rules, identity, duplicates, translations, slugs."""
