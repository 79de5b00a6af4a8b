"""A mail server on this machine alone (SMTP or LMTP), for mail servers and tests that hand mails over by a connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.editing.receive.mail_parts import MOST_BYTES
from jisr.editing.receive.refusals import MailDeferredError, MailRefusedError

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """A host of this machine and a port; ``is_lmtp``: a mail server asks, which would send what is refused back (RFC 2033)."""

    host: str
    port: int
    is_lmtp: bool = False


def parse_listen_address(value: str) -> ListenAddress:
    """Return where to listen, and how. Raises ProblemsError where it is no port of this machine.

    >>> parse_listen_address("lmtp:127.0.0.1:2525")
    ListenAddress(host='127.0.0.1', port=2525, is_lmtp=True)
    """
    host, _, port = value.removeprefix("lmtp:").rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if host not in _LOOPBACK or not port.isdecimal() or int(port) > 65535:
        text = (
            '"{value}" is no port of this machine. Write --listen 127.0.0.1:2525; a mail server in front of it meets the world.'
        )
        raise ProblemsError(Problem.error(SourceLocation("--listen"), "receive", text, value=value))
    return ListenAddress(host, int(port), value.startswith("lmtp:"))


class _Handler:
    """Answers at the end of a mail: taken, refused with a reason, or later."""

    def __init__(self, take: Callable[[bytes], None], tell: Callable[[Phrase], None], is_lmtp: bool) -> None:
        self.take, self.tell, self.is_lmtp = take, tell, is_lmtp

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd calls it so)
        try:
            self.take(bytes(envelope.content or b""))
        except MailRefusedError as error:
            self.tell(error.reason)
            # What has no sender, or is silent, is never answered; LMTP hands over what a mail server has taken already, which
            # would tell a sender who may be forged.
            if error.silent or self.is_lmtp or envelope.mail_from in ("", "<>", None):
                return "250 2.0.0 Thank you, this goes no further"
            return f"550 5.7.1 {_one_line(error.reason)}"
        except MailDeferredError as error:
            self.tell(error.reason)
            return "451 4.3.0 Not now, please send it again later"
        return "250 2.0.0 Thank you, somebody will read it"


def _one_line(reason: Phrase) -> str:
    return ENGLISH.format(reason).encode("ascii", "replace").decode()[:400]


async def listen(
    address: ListenAddress,
    take: Callable[[bytes], None],
    tell: Callable[[Phrase], None],
    started: Callable[[str, int], None],
) -> None:
    """Take mails until the task is cancelled. Raises ProblemsError where the port is taken."""
    from aiosmtpd.lmtp import LMTP
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    handler = _Handler(take, tell, address.is_lmtp)
    protocol = LMTP if address.is_lmtp else SMTP

    def connect() -> asyncio.Protocol:
        made: asyncio.Protocol = protocol(
            handler, data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, hostname="localhost", ident="jisr receive", loop=loop
        )
        return made

    try:
        server = await loop.create_server(connect, address.host, address.port)
    except OSError:
        text = '"{value}" is in use. Name another port, as --listen 127.0.0.1:2526.'
        value = f"{address.host}:{address.port}"
        raise ProblemsError(Problem.error(SourceLocation("--listen"), "receive", text, value=value)) from None
    async with server:
        started(address.host, server.sockets[0].getsockname()[1])
        await server.serve_forever()
