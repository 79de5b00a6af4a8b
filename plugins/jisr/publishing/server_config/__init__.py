"""Headers, redirects and language negotiation for servers."""
