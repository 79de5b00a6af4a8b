"""Copies of a site, in a folder or on a web server, and the checksums of their files."""

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
from jisr.publishing.checks.built_site import output_address
from jisr.publishing.integrity import checksums

MAX_CONNECTIONS = 4  # the server may be a small machine
TIMEOUT = 20.0
MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 5


class SiteCopy(Protocol):
    """A copy of a site."""

    def sums(self, expected: Iterable[str]) -> checksums.Checksums:
        """Return the sums of its files by path: of all, if it can list them, else of those expected or in its list."""

    def read_file(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None if there is none."""


@dataclass(frozen=True, slots=True)
class FolderCopy:
    """A copy in a local folder."""

    folder: Path

    def sums(self, expected: Iterable[str]) -> checksums.Checksums:
        """Return the sums of all its files."""
        return checksums.compute_checksums(self.folder)

    def read_file(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None if there is none."""
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True, slots=True)
class ServedCopy:
    """A copy on a web server."""

    address: str

    def sums(self, expected: Iterable[str]) -> checksums.Checksums:
        """Return the sums of the expected files, and of those that its own list names.

        Raises OSError where the server does not answer.
        """
        sums_file = self.read_file(checksums.SUMS_NAME)
        try:
            listed = checksums.parse_checksums(sums_file.decode()) if sums_file else {}
        except ValueError:  # an invalid list is reported as altered
            listed = {}
        paths = sorted({*expected} | listed.keys())
        with ThreadPoolExecutor(MAX_CONNECTIONS) as pool:
            contents = zip(paths, pool.map(self.read_file, paths), strict=True)
            return {path: hashlib.sha256(data).hexdigest() for path, data in contents if data is not None}

    def read_file(self, path: str) -> bytes | None:
        """Return the bytes of a file as readers get them, or None where the server has none.

        Raises OSError where it does not answer, redirects too often, or sends too much.
        """
        url = f"{self.address.rstrip('/')}/{quote(output_address(path))}"
        for _ in range(MAX_REDIRECTS):
            status, location, data = _fetch(url)
            if status in (301, 302, 307, 308) and location:
                if urlsplit(urljoin(url, location)).netloc != urlsplit(url).netloc:
                    return None
                url = urljoin(url, location)
            elif status >= 500 or status == 429:
                raise OSError(f"{url} answers {status}")
            else:
                return data if status == 200 else None
        raise OSError(f"{url} sends on more than {MAX_REDIRECTS} times")


def _fetch(url: str) -> tuple[int, str, bytes]:
    """Request a URL once; return the status, the location of a redirect, and the uncompressed body."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(parts.netloc, timeout=TIMEOUT, context=ssl.create_default_context())
        if secure
        else http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT)
    )
    try:
        connection.request("GET", parts.path or "/", headers={"Accept-Encoding": "identity", "User-Agent": "Jisr inv verify"})
        response = connection.getresponse()
        data = response.read(MAX_BYTES + 1)
    except http.client.HTTPException as error:
        raise OSError(f"{url}: {type(error).__name__}") from None
    finally:
        connection.close()
    if len(data) > MAX_BYTES:
        raise OSError(f"{url} has more than {MAX_BYTES} bytes")
    return response.status, response.headers.get("Location", ""), data
