"""Asks the blogs of all members at once, within limits that no server can stretch; the only file that calls out."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from tempfile import SpooledTemporaryFile

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from jisr.aggregator.fetch.backoff import parse_retry_after
from jisr.aggregator.model import NAME_NOT_FOUND, NO_CONNECTION, FeedSource, FetchResult, Validators
from jisr.aggregator.state import FeedState
from jisr.core.frozen import dataclass
from jisr.ingest.encoding.charset import MAX_FEED_BYTES, UnreadableFeed
from jisr.ingest.fetch.decompression import create_decompressor, has_brotli
from jisr.ingest.fetch.http_redirects import REDIRECT_STATUSES, RedirectChain
from jisr.ingest.fetch.ssrf_guard import BlockedAddress, is_ip_literal, is_public_ip

_MAX_CONNECTIONS = 400  # connections: below what systems allow a program to open
_MAX_OWN_CONNECTIONS = 64  # connections to a host that the maintainer named: it is their own
_MAX_BYTES_IN_MEMORY = 100_000  # bytes of a body; more lies in a file until its turn comes, or all bodies would be held at once
_CHUNK_BYTES = 65_536
_ACCEPT_HEADER = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
)
_STATUS_REASONS = {401: "it wants a password", 403: "it does not let us in", 404: "there is nothing at this address"}

Spool = SpooledTemporaryFile[bytes]


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How members are asked: when, as whom, for how long in all, and which private hosts besides the public ones."""

    now: datetime
    user_agent: str
    timeout_seconds: float = 20
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()
    max_bytes: int = MAX_FEED_BYTES
    ignore_backoff: bool = False  # ask also those that are to be left alone for a while


async def fetch_all(
    sources: Sequence[FeedSource], known: Mapping[str, FeedState], options: ClientOptions
) -> AsyncIterator[FetchResult]:
    """Return one answer for each member, as they come; never later than ``options.seconds`` after the first request.

    ``known`` is what is remembered of members: how to ask conditionally, when not to ask. An answer without a body says why
    in ``error_reason``; this raises nothing for what a server does.
    """
    ends = asyncio.get_running_loop().time() + options.timeout_seconds
    async with _open_session(options) as session:
        asker = _Client(session, options, ends)
        eager = sorted(sources, key=lambda one: known[one.member].failures if one.member in known else 0)
        tasks = [asyncio.create_task(asker.fetch(one, known.get(one.member, FeedState(one.member)))) for one in eager]
        try:
            for done in asyncio.as_completed(tasks):
                answer, spool = await done
                yield _load_body(answer, spool)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _load_body(answer: FetchResult, spool: Spool | None) -> FetchResult:
    if spool is None:
        return answer
    with spool:
        spool.seek(0)
        return replace(answer, body=spool.read())


@asynccontextmanager
async def _open_session(options: ClientOptions) -> AsyncIterator[aiohttp.ClientSession]:
    gate = _GuardedResolver(options.allowed_hosts)
    connector = aiohttp.TCPConnector(resolver=gate, socket_factory=gate.socket, limit=0, ttl_dns_cache=None)
    packings = "gzip, deflate, br" if has_brotli() else "gzip, deflate"
    async with aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": options.user_agent, "Accept": _ACCEPT_HEADER, "Accept-Encoding": packings},
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # we count what comes out while it comes
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        trust_env=False,  # a proxy would dial for us, and nobody would look at the address
    ) as session:
        yield session


class _GuardedResolver(AbstractResolver):
    """Looks names up, and lets no connection be made that isn't to a public machine; twice, since names can change."""

    def __init__(self, allowed: frozenset[tuple[str, int]]) -> None:
        self.allowed_hosts = allowed
        self.opened_addresses = {one for one in allowed if is_ip_literal(one[0])}

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Return the public addresses of a name. Raises Refused where it has others only."""
        infos = await _resolve_in_thread(host, port, family)
        named = (host.lower(), port) in self.allowed_hosts
        kept = [one for one in infos if named or is_public_ip(str(one[4][0]))]
        if infos and not kept:
            raise BlockedAddress(f"its name leads to {infos[0][4][0]!s}, which is no address of the public internet")
        self.opened_addresses |= {(str(one[4][0]), port) for one in kept if named}
        return [
            ResolveResult(
                hostname=host, host=str(one[4][0]), port=port, family=one[0], proto=one[2], flags=socket.AI_NUMERICHOST
            )
            for one in kept
        ]

    async def close(self) -> None:
        """Nothing to close."""

    def socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Return the socket that dials an address. Raises Refused where nobody may dial it."""
        host, port = str(info[4][0]), int(info[4][1])
        if not is_public_ip(host) and (host, port) not in self.opened_addresses:
            raise BlockedAddress(f"it leads to {host}, which is no address of the public internet")
        return socket.socket(info[0], info[1], info[2])


_AddressInfo = tuple[int, int, int, str, tuple[str | int | bytes, ...]]


async def _resolve_in_thread(host: str, port: int, family: int) -> list[_AddressInfo]:
    """Look a name up in a thread of its own, which the end of the run does not wait for."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[_AddressInfo]] = loop.create_future()

    def tell(infos: list[_AddressInfo], error: OSError | None) -> None:
        if not found.done():
            found.set_exception(error) if error else found.set_result(infos)

    def look() -> None:
        infos: list[_AddressInfo] = []
        problem: OSError | None = None
        try:
            infos = [*socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]
        except OSError as error:
            problem = error
        except UnicodeError:
            problem = socket.gaierror(f"{host} is no name")
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, infos, problem)

    threading.Thread(target=look, daemon=True).start()
    return await found


class _Client:
    """Asks one member after the other where they share a host, and all others at once."""

    def __init__(self, session: aiohttp.ClientSession, options: ClientOptions, ends: float) -> None:
        self.session, self.options, self.deadline = session, options, ends
        self.connection_slots = asyncio.Semaphore(_MAX_CONNECTIONS)
        ours = {host for host, _ in options.allowed_hosts}
        self.host_slots: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(1))
        self.host_slots |= {host: asyncio.Semaphore(_MAX_OWN_CONNECTIONS) for host in ours}

    async def fetch(self, source: FeedSource, memory: FeedState) -> tuple[FetchResult, Spool | None]:
        """Return the answer for a member, whatever happens, with its body aside."""
        loop = asyncio.get_running_loop()
        address = memory.address or source.feed or source.site
        answer = FetchResult(source.member, "failed", address)
        if not self.options.ignore_backoff and (left := memory.backoff_reason(self.options.now)):
            return replace(answer, outcome="gone" if memory.gone else "waiting", reason=left), None
        started, way = loop.time(), RedirectChain(URL())
        try:
            way.url = URL(address)
            async with asyncio.timeout_at(self.deadline):
                answer, spool = await self._follow_redirects(answer, way, memory)
        except TimeoutError:
            answer, spool = self._timeout_result(answer, way), None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            answer, spool = replace(answer, reason=error_reason(error)), None
        except Exception as error:  # noqa: BLE001 (one member's server never ends the run of the others)
            answer, spool = replace(answer, reason=f"it confuses its reader ({type(error).__name__})"), None
        return replace(answer, url=str(way.url) or address, elapsed_seconds=round(loop.time() - started, 2)), spool

    def _timeout_result(self, answer: FetchResult, way: RedirectChain) -> FetchResult:
        if way.has_started:
            return replace(answer, reason=f"it did not answer within {self.options.timeout_seconds / 2:g} seconds")
        return replace(answer, outcome="waiting", reason="there was no time left to ask it, since others of its host were slow")

    async def _follow_redirects(
        self, answer: FetchResult, way: RedirectChain, memory: FeedState
    ) -> tuple[FetchResult, Spool | None]:
        """Follow redirects to an answer. Raises what aiohttp raises, TimeoutError, or Unreadable for what leads nowhere."""
        while True:
            async with self.host_slots[str(way.url.host)], self.connection_slots:
                way.visit(self.options.allowed_hosts)
                async with (
                    asyncio.timeout(self.options.timeout_seconds / 2),
                    self.session.get(
                        way.url, allow_redirects=False, headers=memory.conditional_headers(self.options.now)
                    ) as response,
                ):
                    location = response.headers.get("Location", "")
                    if response.status not in REDIRECT_STATUSES or not location:
                        return await self._handle_response(replace(answer, moved_to=way.permanent_url), response, memory)
                    way.follow(response.status, location)

    async def _handle_response(
        self, answer: FetchResult, response: aiohttp.ClientResponse, memory: FeedState
    ) -> tuple[FetchResult, Spool | None]:
        """Return what an answer that is no redirect says."""
        status = response.status
        answer = replace(answer, status=status, content_type=response.headers.get("Content-Type", "")[:200])
        if status == 304 and memory.conditional_headers(self.options.now):
            return replace(answer, outcome="unchanged", validators=memory.validators), None
        if status == 410:
            return replace(answer, outcome="gone", reason="it says that it is gone for ever (410)"), None
        wait = parse_retry_after(response.headers.get("Retry-After", ""), self.options.now) if status in (429, 503) else 0
        if status == 429 or wait:
            return replace(answer, outcome="waiting", retry_after=wait, reason=f"it asks us to come later ({status})"), None
        if status != 200:
            usual = "its server has a fault" if status >= 500 else "it gave no feed"
            return replace(answer, reason=f"{_STATUS_REASONS.get(status, usual)} ({status})"), None
        spool, digest = await _read_body(response, self.options.max_bytes)
        said = {name: _validator_value(response.headers.get(header, "")) for name, header in _VALIDATOR_HEADERS.items()}
        found = Validators(**said, digest=digest, since=self.options.now)
        if memory.body and digest == memory.validators.digest:
            spool.close()
            return replace(answer, outcome="unchanged", validators=found), None
        return replace(answer, outcome="moved" if answer.moved_to else "new", validators=found), spool


_VALIDATOR_HEADERS = {"etag": "ETag", "modified": "Last-Modified"}


def _validator_value(header: str) -> str:
    """Return a header that can be sent back as it came, or nothing."""
    return header if len(header) <= 1000 and header.isascii() and header.isprintable() else ""


async def _read_body(response: aiohttp.ClientResponse, most: int) -> tuple[Spool, str]:
    """Return a body, unpacked, in a file, and its digest. Raises Unreadable as soon as it is too large, or cannot be unpacked."""
    too_large = f"it is larger than {most / 1_000_000:g} MB"
    if (response.content_length or 0) > most:
        raise UnreadableFeed(too_large)
    unpack, size, digest = create_decompressor(response.headers.get("Content-Encoding", "")), 0, hashlib.sha256()
    came = 0  # what unpacks to nothing, for ever, is too large, too
    spool: Spool = SpooledTemporaryFile(_MAX_BYTES_IN_MEMORY)  # noqa: SIM115 (who takes the body closes it)
    try:
        async for piece in response.content.iter_chunked(_CHUNK_BYTES):
            found = unpack.decompress(piece, most - size)
            size, came = size + len(found), came + len(piece)
            if max(size, came) > most:
                raise UnreadableFeed(too_large)
            digest.update(found)
            spool.write(found)
        unpack.finish()
    except BaseException:
        spool.close()
        raise
    return spool, digest.hexdigest()


def error_reason(error: Exception) -> str:
    """Return what went wrong with a request, for people and without a full stop."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, UnreadableFeed | BlockedAddress):
        return "".join(one if one.isprintable() else "\ufffd" for one in str(cause))  # a header's bytes may stand in it
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
