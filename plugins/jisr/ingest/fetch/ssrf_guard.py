"""Which addresses may be asked: web addresses of public machines, and what the maintainer names besides. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# What is not for everybody, of https://www.iana.org/assignments/iana-ipv4-special-registry/ and multicast.
_NON_PUBLIC_IPV4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only this block is given to machines of the public (RFC 4291, 2.4), with these exceptions.
_PUBLIC_IPV6 = ip_network("2000::/3")
_NON_PUBLIC_IPV6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes
_LOGIN = re.compile(
    r"(?:^|[/_.?&=-])(?:wp-)?(?:log-?in|sign-?in|sign-?up|register|signon|sso|auth|captive|captcha)(?:$|[/_.?&=-])",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


class BlockedAddress(OSError):  # noqa: N818 - like Unreadable, a word and no fault of ours
    """Ends a request before it is made: its address is not one of the public internet."""


def is_public_ip(address: str) -> bool:
    """Whether an IP address is one of the public internet, so that no feed can make us ask machines around us.

    An IPv4 address within an IPv6 one (mapped, NAT64) counts as itself; tunnels that hide one (6to4, Teredo) are refused.

    >>> [is_public_ip(one) for one in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2606:2800::1", "no")]
    [True, False, False, False, True, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or (IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
        if inner is None:
            return found in _PUBLIC_IPV6 and not any(found in block for block in _NON_PUBLIC_IPV6)
        found = inner
    return not any(found in block for block in _NON_PUBLIC_IPV4)


def is_ip_literal(host: str) -> bool:
    """Whether a host is written as an IP address and not as a name.

    >>> is_ip_literal("[::1]"), is_ip_literal("127.0.0.1"), is_ip_literal("example.org")
    (True, True, False)
    """
    try:
        ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def parse_allowed_hosts(stated: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Return the hosts that may be asked although their address is private, from ``FETCH_ALLOW_HOSTS``.

    A host without a port is meant with those of http and https. Raises ValueError with what cannot be read.

    >>> sorted(parse_allowed_hosts(["127.0.0.1:8000", "[::1]:80", "Wiki.lan"]))
    [('127.0.0.1', 8000), ('::1', 80), ('wiki.lan', 80), ('wiki.lan', 443)]
    """
    found: set[tuple[str, int]] = set()
    for one in stated:
        try:
            parts = urlsplit(f"//{one}")
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(one) from None
        if not host or parts.path or parts.query or parts.username:
            raise ValueError(one)
        found |= {(host, each) for each in ([port] if port else _PORTS.values())}
    return frozenset(found)


def looks_like_login(url: str) -> bool:
    """Whether an address is that of a login or a registration: hotels and expired blogs send feeds there.

    >>> looks_like_login("https://example.org/wp-login.php?to=/feed"), looks_like_login("https://example.org/blogging/feed")
    (True, False)
    """
    parts = urlsplit(url)
    return bool(_LOGIN.search(f"{parts.path}?{parts.query}")) or bool(
        re.match(r"(?:login|signin|auth|sso|captive|portal)\.", parts.hostname or "")
    )
