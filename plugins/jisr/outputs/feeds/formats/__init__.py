"""Feed formats: Atom, RSS, JSON Feed, OPML, FOAF."""
