"""Redirects of a request, followed one at a time so that each address is checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from yarl import URL

from jisr.ingest.encoding.charset import UnreadableFeed
from jisr.ingest.fetch.ssrf_guard import BlockedAddress, is_ip_literal, is_public_ip, looks_like_login

MAX_REDIRECTS = 10
REDIRECT_STATUSES = {301: True, 308: True, 302: False, 303: False, 307: False}
"""The statuses of redirects, and whether they are permanent (RFC 9110, 15.4)."""


@dataclass(slots=True)
class RedirectChain:
    """The current address, the addresses requested, and the target of permanent redirects alone."""

    url: URL
    visited: set[URL] = field(default_factory=set)
    permanent_url: str = ""
    is_permanent: bool = True

    def visit(self, allowed_hosts: frozenset[tuple[str, int]]) -> None:
        """Record a request to the current address.

        Raises UnreadableFeed or BlockedAddress where it is not allowed; the address of a name is checked at its connection.
        """
        if self.url in self.visited:
            raise UnreadableFeed("its redirects go in a circle")
        if len(self.visited) > MAX_REDIRECTS:
            raise UnreadableFeed(f"it redirects more than {MAX_REDIRECTS} times")
        host = self.url.host
        if self.url.scheme not in ("http", "https") or not host:
            raise UnreadableFeed(f"it leads to {str(self.url)[:100] or 'nothing'}, which is no web address")
        if is_ip_literal(host) and not is_public_ip(host) and (host, self.url.port) not in allowed_hosts:
            raise BlockedAddress(f"it leads to {host}, which is no address of the public internet")
        self.visited.add(self.url)

    def follow(self, status: int, location: str) -> None:
        """Go to the target of a redirect, without user name and password. Raises ValueError where it is no address.

        >>> chain = RedirectChain(URL("http://example.org/feed"))
        >>> chain.follow(301, "https://example.org/feed")
        >>> chain.follow(302, "/login?to=/feed")
        >>> str(chain.url), chain.permanent_url
        ('https://example.org/login?to=/feed', 'https://example.org/feed')
        """
        target = self.url.join(URL(location)).with_fragment(None)
        self.url = target.with_user(None) if target.user or target.password else target
        self.is_permanent = self.is_permanent and REDIRECT_STATUSES[status] and not looks_like_login(str(self.url))
        if self.is_permanent:
            self.permanent_url = str(self.url)
