"""URL ledger, ``published.txt``: every address that was ever published, so that none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from jisr.core.diagnostics.problems import Problem
from jisr.core.model.site import Site
from jisr.publishing.checks.built_site import output_address
from jisr.publishing.checks.lost_addresses import LostAddresses
from jisr.publishing.integrity.precompress import is_precompressed

LEDGER_NAME = "published.txt"
_HEADER = (
    "# Every address that was ever published, kept by `inv publish`. A line is taken out where an address shall be gone.\n"
)
# Addresses that nobody bookmarks: files with a hash or number in their names, data, cards, and pages that show other texts.
_EPHEMERAL = re.compile(
    r"""(?:theme|bundles|styleguide|data|search|status|admin|\.well-known)/ | _ | SHA256SUMS | sw\.js$ | minisign\.pub$
    | (?:robots|humans)\.txt$
    | (?:.+/)?(?:404\.html|card\.png)$ | .*/page/\d+/ | .*/with/[\w-]+/ | (?:.+/)?feed-\d+\. | .*\.webmanifest$
    | [\w-]+/translate/.*\.po$ """,
    re.VERBOSE,
)


def lasting_addresses(files: Iterable[str]) -> list[str]:
    """Return the addresses of a site that readers may bookmark, from the paths of its files.

    >>> lasting_addresses(["theme/style.1.css", "index.html", "ckb/بیان.pdf", "ar/news/page/2/index.html", "ar/x/with/en/"])
    ['/', '/ckb/%D8%A8%DB%8C%D8%A7%D9%86.pdf']
    """
    paths = frozenset(files)
    lasting = (path for path in paths if not _EPHEMERAL.match(path) and not is_precompressed(path, paths))
    return sorted(f"/{quote(output_address(path))}" for path in lasting)


def parse_ledger(text: str) -> dict[str, int]:
    """Return the addresses of a ledger with their line numbers; empty lines and comments (#) are skipped."""
    lines = enumerate(text.splitlines(), 1)
    return {line.strip(): number for number, line in lines if line.strip() and not line.startswith("#")}


def format_ledger(addresses: Iterable[str]) -> str:
    """Return the text of a ledger of these addresses."""
    return _HEADER + "".join(f"{one}\n" for one in sorted(set(addresses)))


def check_ledger(ledger: str, files: Iterable[str], display_path: str, site: Site) -> Iterator[Problem]:
    """Return a problem for each address of a ledger at which a built site has no page, file or redirect."""
    answered = {f"/{output_address(path)}" for path in files}
    published = parse_ledger(ledger)
    gone = {address: line for address, line in published.items() if unquote(address) not in answered}
    if gone:
        yield from LostAddresses(gone, published.keys(), site, display_path).problems()
