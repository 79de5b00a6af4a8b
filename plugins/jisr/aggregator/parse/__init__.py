"""Feeds to items: Atom, RSS, JSON Feed, dates, addresses, repair of XML."""
