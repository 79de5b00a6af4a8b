"""The guard against server-side request forgery: public addresses, and the hosts that the maintainer allows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# The blocks that are not public, of https://www.iana.org/assignments/iana-ipv4-special-registry/ and multicast.
_NON_PUBLIC_IPV4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only this block is assigned to public machines (RFC 4291, 2.4), with these exceptions.
_PUBLIC_IPV6 = ip_network("2000::/3")
_NON_PUBLIC_IPV6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes
_LOGIN = re.compile(
    r"(?:^|[/_.?&=-])(?:wp-)?(?:log-?in|sign-?in|sign-?up|register|signon|sso|auth|captive|captcha)(?:$|[/_.?&=-])",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


class BlockedAddress(OSError):  # noqa: N818 - it is no error of ours
    """A request was blocked: its address is not one of the public internet."""


def is_public_ip(address: str) -> bool:
    """Whether an IP address is one of the public internet, so that no feed can direct requests to the local network.

    An IPv4 address within an IPv6 one (mapped, NAT64) counts as itself; tunnels that hide one (6to4, Teredo) are blocked.

    >>> [is_public_ip(one) for one in ("93.184.215.14", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2606:2800::1", "no")]
    [True, False, False, False, True, False]
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        embedded = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if embedded is None:
            return ip in _PUBLIC_IPV6 and not any(ip in block for block in _NON_PUBLIC_IPV6)
        ip = embedded
    return not any(ip in block for block in _NON_PUBLIC_IPV4)


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


def parse_allowed_hosts(texts: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Return the hosts of ``FETCH_ALLOW_HOSTS``, which may be requested although their address is private.

    A host without a port has those of http and https. Raises ValueError with a text that cannot be parsed.

    >>> sorted(parse_allowed_hosts(["127.0.0.1:8000", "[::1]:80", "Wiki.lan"]))
    [('127.0.0.1', 8000), ('::1', 80), ('wiki.lan', 80), ('wiki.lan', 443)]
    """
    hosts: set[tuple[str, int]] = set()
    for text in texts:
        try:
            parts = urlsplit(f"//{text}")
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(text) from None
        if not host or parts.path or parts.query or parts.username:
            raise ValueError(text)
        hosts |= {(host, number) for number in ([port] if port else _PORTS.values())}
    return frozenset(hosts)


def looks_like_login(url: str) -> bool:
    """Whether an address is that of a login or a registration: portals of hotels and expired blogs redirect feeds there.

    >>> looks_like_login("https://example.org/wp-login.php?to=/feed"), looks_like_login("https://example.org/blogging/feed")
    (True, False)
    """
    parts = urlsplit(url)
    is_login_host = re.match(r"(?:login|signin|auth|sso|captive|portal)\.", parts.hostname or "") is not None
    return is_login_host or _LOGIN.search(f"{parts.path}?{parts.query}") is not None
