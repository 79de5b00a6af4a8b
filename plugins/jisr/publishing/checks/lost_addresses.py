"""What to do about an address that was published and is gone: it depends on what stood there."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote, unquote

from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.old_addresses import file_ending

_TEXT = (
    '"{address}" was published and is gone: whoever kept it finds nothing. Give the text that takes its place '
    '"aliases: [{alias}]"{hint}; or take this line out, if nobody shall find it.'
)
_FILE = (
    '"{address}" was published and is gone: whoever kept it finds nothing. Give the text whose file takes its place '
    '"aliases: [{alias}]"{hint}, and a copy answers there; or take this line out, if nobody shall find it.'
)
_FILE_AGAIN = (
    '"{address}" was published and is gone: whoever kept it finds nothing. Lay a file of this name beside the text '
    "again{hint}, and link it there; or take this line out, if nobody shall find it."
)
_LISTING = (
    '"{address}" was published and is gone: it is made of texts, and there is none for it. Publish a text for it again; or '
    "take this line out, if nobody shall find it."
)
_DRAFT = (
    '"{address}" was published and is gone: {path} is a draft. Write "status: hidden" there, which keeps its address and '
    "leaves all lists; or take this line out, if nobody shall find it."
)
_LATER = (
    '"{address}" was published and is gone: {path} appears on {day}. Give it a day that has come; or take this line out, if '
    "nobody shall find it."
)
_LANGUAGE = (
    '"{address}" was published and is gone with all that was in "{tag}" ({number}), which is no language of this site. Add it '
    "to LANGUAGES again; or take these lines out, if nobody shall find them."
)
_SHORT = (
    '"{address}" was published and is gone, a short address. Set SHORT_ADDRESSES, or give the text that had it its old address '
    "in aliases; or take this line out, if nobody shall find it."
)


@dataclass(frozen=True, slots=True)
class LostAddresses:
    """The addresses of a ledger that are gone, each with its line, those that it has in all, and the site as it is."""

    gone: Mapping[str, int]
    published: Collection[str]
    site: Site
    path: str

    def problems(self) -> Iterator[Problem]:
        """Return a problem for each address, and one for all of a language that was taken out."""
        foreign: dict[str, list[str]] = {}
        for address in self.gone:
            tag = self._foreign_tag(unquote(address).strip("/").split("/"))
            if tag:
                foreign.setdefault(tag, []).append(address)
            elif not self._follows(address):
                yield self._problem(address)
        for tag, addresses in foreign.items():
            first = addresses[0]
            yield self._error(first, _LANGUAGE, tag=tag, number=len(addresses))

    def _error(self, address: str, text: str, **values: object) -> Problem:
        place = SourceLocation(self.path, self.gone[address])
        return Problem.error(place, "published-address", text, address=address, **values)

    def _foreign_tag(self, steps: list[str]) -> str:
        """Return the tag of a language that the site has no more, if an address begins with one."""
        tag, rest = steps[0], steps[1:]
        if tag in self.site.languages or self.site.kinds.get(tag):
            return ""
        if not rest:  # the home of a language, if there was more in it
            others = [unquote(one).strip("/").split("/") for one in self.gone if one.startswith(f"/{tag}/")]
            return next(filter(None, (self._foreign_tag(one) for one in others if len(one) > 1)), "")
        known = self._is_listing(rest[0]) or paths.is_generated(rest[-1])
        return tag if known and tag.partition("-")[0].isalpha() and len(tag.partition("-")[0]) in (2, 3) else ""

    def _follows(self, address: str) -> bool:
        """Whether a short address comes back with the long one, which is reported itself."""
        is_short = address.startswith(f"/{paths.SHORT_PREFIX}")
        return is_short and any(not other.startswith(f"/{paths.SHORT_PREFIX}") for other in self.gone)

    def _problem(self, address: str) -> Problem:
        page = address.removesuffix(paths.TEXT_TWIN)  # a text twin is back where its page is
        plain = unquote(page).removeprefix("/")
        steps = plain.strip("/").split("/")
        if plain.startswith(paths.SHORT_PREFIX):
            return self._error(address, _SHORT)
        if steps[0] in self.site.languages:
            return self._page_problem(address, steps[0], steps[1:], plain)
        kind = self.site.kinds.get(steps[0])
        if kind is not None and len(steps) > 2 and file_ending(plain):
            return self._file_problem(address, kind.name, "/".join(steps[1:-1]), steps[-1])
        return self._error(address, _TEXT, alias=quote_alias(page), hint="")

    def _page_problem(self, address: str, tag: str, rest: list[str], plain: str) -> Problem:
        kind, identity = ("pages", "/".join(rest)) if len(rest) == 1 else (rest[0] if rest else "", "/".join(rest[1:]))
        is_text = plain.endswith("/") and self.site.kinds.get(kind) is not None and bool(identity)
        if not is_text or (len(rest) == 1 and self._is_listing(rest[0])):
            return self._error(address, _LISTING)
        texts = self.site.sets_with_drafts.get((kind, identity))
        version = texts.get(tag) if texts else None
        if version is not None:
            return self._hidden_problem(address, version)
        hint = self._hint(texts.original if texts else self._successor(kind, identity, tag))
        return self._error(address, _TEXT, alias=quote_alias(address.removesuffix(paths.TEXT_TWIN)), hint=hint)

    def _is_listing(self, name: str) -> bool:
        return self.site.kinds.get(name) is not None or name in paths.RESERVED_SEGMENTS

    def _hidden_problem(self, address: str, version: Document) -> Problem:
        """Return the problem of a text that is there and not shown."""
        if version.status == "draft":
            return self._error(address, _DRAFT, path=version.path)
        if version.key not in self.site.sets and version.date:
            return self._error(address, _LATER, path=version.path, day=version.date)
        return self._error(address, _LISTING)

    def _file_problem(self, address: str, kind: str, identity: str, name: str) -> Problem:
        texts = self.site.sets.get((kind, identity)) or self._successor_set(kind, identity)
        if texts is None:
            return self._error(address, _FILE, alias=quote_alias(address), hint="")
        folder = paths.bundle_file_path(*texts.key, "")
        files = [one.rpartition("/")[2] for one in self.site.files if one.startswith(folder)]
        same = [one for one in files if file_ending(one) == file_ending(name)]
        hint = self._hint(texts.original)
        if name in same or len(same) == 1:
            return self._error(address, _FILE, alias=quote_alias(address), hint=hint)
        return self._error(address, _FILE_AGAIN, hint=hint)

    def _successor(self, kind: str, identity: str, tag: str) -> Document | None:
        texts = self._successor_set(kind, identity)
        return (texts.get(tag) or texts.original) if texts else None

    def _successor_set(self, kind: str, identity: str) -> TranslationSet | None:
        """Return the text that may have taken the place of one: of its kind, not published before, with the nearest id."""
        new = {texts.id: texts for texts in self.site.of_kind(kind) if not self._was_published(texts)}
        near = difflib.get_close_matches(identity, sorted(new), n=1, cutoff=0.4) or sorted(new)
        return new[near[0]] if near and (len(near) == 1) else None

    def _was_published(self, texts: TranslationSet) -> bool:
        addresses = (f"/{paths.text(version.language.tag, *version.key)}" for version in texts.versions)
        return any(quote(address) in self.published for address in addresses)

    def _hint(self, document: Document | None) -> Phrase | str:
        return phrase(", perhaps {path}", path=document.path) if document else ""


def quote_alias(address: str) -> str:
    """Return an address as an item of a list in YAML."""
    return address if not set(address) & set(",[]{}#: '\"") else f'"{address}"'
