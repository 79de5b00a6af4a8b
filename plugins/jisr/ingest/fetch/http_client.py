"""An HTTP client for addresses from untrusted text: it connects to public addresses only and limits what it reads."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from jisr.ingest.encoding.charset import UnreadableFeed
from jisr.ingest.fetch.decompression import create_decompressor, has_brotli
from jisr.ingest.fetch.http_redirects import RedirectChain
from jisr.ingest.fetch.offline_reasons import NAME_NOT_FOUND, NO_CONNECTION
from jisr.ingest.fetch.ssrf_guard import BlockedAddress, is_ip_literal, is_public_ip

REQUEST_ERRORS = (aiohttp.ClientError, OSError, ValueError)
"""The exceptions by which a request fails; ``error_reason`` returns their reasons."""

HttpResponse = aiohttp.ClientResponse
Spool = SpooledTemporaryFile[bytes]

_MAX_BYTES_IN_MEMORY = 100_000  # bytes of a body; a longer one is spooled to a file, since all bodies wait at the same time
_CHUNK_BYTES = 65_536


class GuardedClient:
    """An HTTP session that connects to public addresses and to the allowed hosts, without cookies and proxies."""

    def __init__(self, session: aiohttp.ClientSession, allowed_hosts: frozenset[tuple[str, int]]) -> None:
        self.session, self.allowed_hosts = session, allowed_hosts

    @asynccontextmanager
    async def get(self, chain: RedirectChain, headers: Mapping[str, str], seconds: float) -> AsyncIterator[HttpResponse]:
        """Request the current URL of a chain of redirects once, without following a redirect.

        Raises REQUEST_ERRORS, and TimeoutError where the response is not complete after ``seconds``.
        """
        chain.visit(self.allowed_hosts)
        async with asyncio.timeout(seconds), self.session.get(chain.url, allow_redirects=False, headers=headers) as response:
            yield response


@asynccontextmanager
async def open_client(user_agent: str, accept: str, allowed_hosts: frozenset[tuple[str, int]]) -> AsyncIterator[GuardedClient]:
    """Open a client; ``allowed_hosts`` are hosts with ports that may be requested although their address is private."""
    resolver = _GuardedResolver(allowed_hosts)
    connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=resolver.socket, limit=0, ttl_dns_cache=None)
    encodings = "gzip, deflate, br" if has_brotli() else "gzip, deflate"
    async with aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": user_agent, "Accept": accept, "Accept-Encoding": encodings},
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # read_body counts decompressed bytes as they arrive
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        trust_env=False,  # a proxy would connect in our place, without a check of the address
    ) as session:
        yield GuardedClient(session, allowed_hosts)


class _GuardedResolver(AbstractResolver):
    """A resolver and socket factory that refuse addresses outside the public internet.

    Both check: between the two a name may change its address (DNS rebinding).
    """

    def __init__(self, allowed_hosts: frozenset[tuple[str, int]]) -> None:
        self.allowed_hosts = allowed_hosts
        self.allowed_addresses = {host for host in allowed_hosts if is_ip_literal(host[0])}

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return the public addresses of a name. Raises BlockedAddress where it has only others."""
        infos = await _resolve_in_thread(host, port, family)
        is_allowed = (host.lower(), port) in self.allowed_hosts
        public = [info for info in infos if is_allowed or is_public_ip(str(info[4][0]))]
        if infos and not public:
            raise BlockedAddress(f"its name leads to {infos[0][4][0]!s}, which is no address of the public internet")
        self.allowed_addresses |= {(str(info[4][0]), port) for info in public if is_allowed}
        return [
            ResolveResult(
                hostname=host, host=str(info[4][0]), port=port, family=info[0], proto=info[2], flags=socket.AI_NUMERICHOST
            )
            for info in public
        ]

    async def close(self) -> None:
        """Nothing to close."""

    def socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Return the socket that connects to an address. Raises BlockedAddress for one that is not public."""
        host, port = str(info[4][0]), int(info[4][1])
        if not is_public_ip(host) and (host, port) not in self.allowed_addresses:
            raise BlockedAddress(f"it leads to {host}, which is no address of the public internet")
        return socket.socket(info[0], info[1], info[2])


_AddressInfo = tuple[int, int, int, str, tuple[str | int | bytes, ...]]


async def _resolve_in_thread(host: str, port: int, family: int) -> list[_AddressInfo]:
    """Resolve a name in a daemon thread, for which the end of the run does not wait."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[list[_AddressInfo]] = loop.create_future()

    def set_result(infos: list[_AddressInfo], error: OSError | None) -> None:
        if not result.done():
            result.set_exception(error) if error else result.set_result(infos)

    def resolve() -> None:
        infos: list[_AddressInfo] = []
        problem: OSError | None = None
        try:
            infos = [*socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]
        except OSError as error:
            problem = error
        except UnicodeError:
            problem = socket.gaierror(f"{host} is no name")
        if not loop.is_closed():
            loop.call_soon_threadsafe(set_result, infos, problem)

    threading.Thread(target=resolve, daemon=True).start()
    return await result


async def read_body(response: HttpResponse, max_bytes: int) -> tuple[Spool, str]:
    """Return a body, decompressed and spooled, and its SHA-256 digest.

    Raises UnreadableFeed as soon as it is too large or cannot be decompressed.
    """
    too_large = f"it is larger than {max_bytes / 1_000_000:g} MB"
    if (response.content_length or 0) > max_bytes:
        raise UnreadableFeed(too_large)
    decompressor = create_decompressor(response.headers.get("Content-Encoding", ""))
    size, digest = 0, hashlib.sha256()
    received = 0  # a body that decompresses to nothing without end is too large, too
    spool: Spool = SpooledTemporaryFile(_MAX_BYTES_IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    try:
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            data = decompressor.decompress(chunk, max_bytes - size)
            size, received = size + len(data), received + len(chunk)
            if max(size, received) > max_bytes:
                raise UnreadableFeed(too_large)
            digest.update(data)
            spool.write(data)
        decompressor.finish()
    except BaseException:
        spool.close()
        raise
    return spool, digest.hexdigest()


def error_reason(error: Exception) -> str:
    """Return why a request failed, for people and without a full stop."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, UnreadableFeed | BlockedAddress):
        return "".join(one if one.isprintable() else "\ufffd" for one in str(cause))  # it may quote bytes of a header
    if isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(cause, socket.gaierror):
        return NAME_NOT_FOUND
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError) or isinstance(cause, ssl.SSLError | ssl.CertificateError):
        return "its certificate is not valid"
    if isinstance(error, aiohttp.ClientConnectorError):
        return NO_CONNECTION
    if isinstance(error, aiohttp.ClientPayloadError):
        return "it ended before it was complete"
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return "its address, or one that it leads to, cannot be read"
    if isinstance(error, aiohttp.ClientResponseError):
        return "it does not speak HTTP as it should"
    return "it ended the connection"
