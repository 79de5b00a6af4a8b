"""The addresses at which a text or topic of SPIP stood: by its number in each form, and the names that SPIP remembers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import quote

from jisr.importing.old_site import NOWHERE, split_url
from jisr.importing.spip.dump_reader import Row

_SAFE = "/%:@!$&'()*+,;=~-._"


class SpipAddresses:
    """Addresses by kind and number; ``form`` is the one that the site used last, as its settings name it."""

    def __init__(self, home: str, form: str, urls: Iterable[Row]) -> None:
        self.home, self.form, self.root = home, form, split_url(home).path.rstrip("/")
        self.names: dict[tuple[str, str], list[str]] = defaultdict(list)  # the last is the one in use
        for row in sorted(urls, key=lambda row: row.get("date")):
            if row.get("url"):
                self.names[row.get("type"), row.get("id_objet")].append(quote(unescape(row["url"]), safe=_SAFE))

    def of_text(self, kind: str, identity: str, own: str) -> Iterator[str]:
        """Yield the addresses of a text; ``own`` is the name that older versions keep with it."""
        yield from self.of_topic(kind, identity)
        yield f"{self.root}/{kind}.php3?id_{kind}={identity}"
        yield f"{self.root}/spip.php?page={kind}&id_{kind}={identity}"
        if own:
            yield f"{self.root}/{quote(unescape(own), safe=_SAFE)}"

    def of_topic(self, kind: str, identity: str) -> Iterator[str]:
        """Yield the addresses of a section or keyword."""
        yield f"{self.root}/spip.php?{kind}{identity}"
        yield f"{self.root}/?{kind}{identity}"
        yield f"{self.root}/{kind}{identity}.html"
        yield from (f"{self.root}/{one}" for one in self.names.get((kind, identity), ()))

    def guid(self, kind: str, identity: str) -> str:
        """Return what feeds of SPIP have as the id of a text: its address, in the form that the site used last."""
        if self.home == NOWHERE:
            return ""
        if self.form == "html":
            return f"{self.home}/{kind}{identity}.html"
        names = self.names.get((kind, identity)) if self.form not in ("page", "standard", "") else None
        return f"{self.home}/{names[-1] if names else f'spip.php?{kind}{identity}'}"
