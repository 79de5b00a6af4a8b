"""Copies of a site, wherever they are: what each of their files is, as far as it can be read."""

from __future__ import annotations

import hashlib
import http.client
import ssl
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from jisr.core.frozen import dataclass
from jisr.publishing.integrity import checksums

MAX_CONNECTIONS = 4  # a copy may be on a small machine
TIMEOUT = 20.0
MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 5


class SiteCopy(Protocol):
    """A copy of a site."""

    def sums(self, wanted: Iterable[str]) -> checksums.Checksums:
        """Return the sums of its files by path: all of them where it can list them, else those of the wanted ones it has."""

    def read_file(self, path: str) -> bytes | None:
        """Return a file of it, or None."""


@dataclass(frozen=True, slots=True)
class FolderCopy:
    """A copy in a folder of this machine."""

    folder: Path

    def sums(self, wanted: Iterable[str]) -> checksums.Checksums:
        """Return the sums of all its files."""
        return checksums.compute_checksums(self.folder)

    def read_file(self, path: str) -> bytes | None:
        """Return a file of it, or None."""
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True, slots=True)
class ServedCopy:
    """A copy that a web server serves."""

    address: str

    def sums(self, wanted: Iterable[str]) -> checksums.Checksums:
        """Return the sums of the wanted files it has, and of what its own list names besides.

        Raises OSError where the server does not answer.
        """
        listed = self.read_file(checksums.SUMS_NAME)
        try:
            named = checksums.parse_checksums(listed.decode()) if listed else {}
        except ValueError:  # no list: it will be told as altered
            named = {}
        paths = sorted({*wanted} | named.keys())
        with ThreadPoolExecutor(MAX_CONNECTIONS) as asking:
            found = zip(paths, asking.map(self.read_file, paths), strict=True)
            return {path: hashlib.sha256(data).hexdigest() for path, data in found if data is not None}

    def read_file(self, path: str) -> bytes | None:
        """Return a file as readers get it, or None where the server has none.

        Raises OSError where it does not answer, sends on too often or too far, or sends too much.
        """
        at_home = path == "index.html" or path.endswith("/index.html")
        url = f"{self.address.rstrip('/')}/{quote(path.removesuffix('index.html') if at_home else path)}"
        for _ in range(MAX_REDIRECTS):
            status, there, data = _fetch(url)
            if status in (301, 302, 307, 308) and there:
                if urlsplit(urljoin(url, there)).netloc != urlsplit(url).netloc:
                    return None
                url = urljoin(url, there)
            elif status >= 500 or status == 429:
                raise OSError(f"{url} answers {status}")
            else:
                return data if status == 200 else None
        raise OSError(f"{url} sends on more than {MAX_REDIRECTS} times")


def _fetch(url: str) -> tuple[int, str, bytes]:
    """Ask for an address once; give the status, where it sends on, and what it holds, as it was before any compression."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    line: http.client.HTTPConnection = (
        http.client.HTTPSConnection(parts.netloc, timeout=TIMEOUT, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    )
    try:
        line.request("GET", parts.path or "/", headers={"Accept-Encoding": "identity", "User-Agent": "Jisr inv verify"})
        answer = line.getresponse()
        data = answer.read(MAX_BYTES + 1)
    except http.client.HTTPException as error:
        raise OSError(f"{url}: {type(error).__name__}") from None
    finally:
        line.close()
    if len(data) > MAX_BYTES:
        raise OSError(f"{url} has more than {MAX_BYTES} bytes")
    return answer.status, answer.headers.get("Location", ""), data
