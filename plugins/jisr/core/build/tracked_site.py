"""A site whose every answer is a query, so that a build knows what each output was made from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from babel.support import NullTranslations

from jisr.core.build.queries import Queries, Query, QueryTable, find_query, query_name
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.model.body import Body
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.entities import EntityIndex
from jisr.core.model.site import Site

T = TypeVar("T")
_TABLES = {
    "sets": "text",
    "collections": "collections",
    "authors": "author",
    "author_ids": "authors of",
    "targets": "links of",
    "routes": "route",
    "bodies": "body",
    "files": "file",
    "bundles": "bundle",
    "pictures": "picture",
    "routes_by_family": "family",
    "sets_with_drafts": "text with drafts",
    "indexes": "index",
    "commitments": "commitments",
    "referrers": "referrers",
    "replies": "replies",
    "waiting_replies": "waiting replies",
    "redirects": "redirects",
}
"""The mappings of the site whose look-ups are queries, with the names of these."""
_COUNTS = (0, 1, 2, 3, 5, 10, 11, 21, 100, 101)  # one of each form of plural of the languages that gettext knows


class TrackedSite(Site):
    """A site that notes what it is asked. What settings alone decide (languages, kinds, policy …) is no query."""

    __slots__ = ("_site", "queries")

    def __init__(self, site: Site, queries: Queries, bodies: Mapping[str, Body]) -> None:
        """Answer for a site, whose bodies are in ``bodies``."""
        self._site, self.queries = site, queries
        for one in fields(Site):
            value = bodies if one.name == "bodies" else getattr(site, one.name)
            if one.name in _TABLES:
                value = QueryTable(_TABLES[one.name], value, queries)
            object.__setattr__(self, one.name, value)
        object.__setattr__(self, "entities", _TrackedEntities(site.entities, queries))
        queries.define("kind", lambda kind: tuple(site.of_kind(kind)))
        queries.define("collection", lambda family, tag: site.collections.get((family, tag), ()))
        queries.define("elsewhere", lambda family, tag: self._find_elsewhere(family, site.languages[tag]))
        queries.define("has texts", lambda family, tag: bool(site.collections.get((family, tag))))
        queries.define("page", lambda address: address in site.routes)
        queries.define("ask", self._ask_again)

    def _ask_again(self, name: str, *arguments: str) -> Any:
        return self.ask(find_query(name), *arguments)

    def ask(self, function: Callable[..., T], *arguments: str) -> T:
        """Return what a function says, as a query of its own."""
        return self.queries.ask(("ask", query_name(function), *arguments), lambda: function(self, *arguments))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return a value that is made once a build."""
        return self.queries.once(key, make)

    def derive(self, determined_by: Callable[..., object], make: Callable[[], T], *arguments: str) -> T:
        """Return a value that is made once a build; the next one asks the query that determines it."""
        asked = ("ask", query_name(determined_by), *arguments)
        return self.queries.derive(asked, ("derived", *asked), make)

    def body_state(self, path: str) -> object:
        """Return the digest of a body that is kept, which is not read for that; else the body."""
        return self.queries.answer(("body", path))

    def of_kind(self, kind: str) -> Iterator[TranslationSet]:
        """Return the texts of a kind, in the order of their ids."""
        self.queries.asked.add(("kind", kind))
        return self._site.of_kind(kind)

    def collection(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a kind, topic, member or author in a language, newest first."""
        self.queries.asked.add(("collection", family, language.tag))
        return self._site.collection(family, language)

    def has_texts(self, family: str, language: Language) -> bool:
        """Whether a collection has any text in a language."""
        self.queries.asked.add(("has texts", family, language.tag))
        return bool(self._site.collections.get((family, language.tag)))

    def in_other_languages(self, family: str, language: Language) -> tuple[Document, ...]:
        """Return the texts of a collection that a language lacks, newest first."""
        asked: Query = ("elsewhere", family, language.tag)
        return self.queries.ask(asked, lambda: self._find_elsewhere(family, language))

    def _find_elsewhere(self, family: str, language: Language) -> tuple[Document, ...]:
        documents = self.once(("in any language", family), lambda: self._list_incomplete(family))
        return self._site.select_lacking(documents, language)

    def _list_incomplete(self, family: str) -> list[Document]:
        """Return the texts of a collection that any language lacks."""
        texts, count = self._site.sets, len(self.languages)
        return [one for one in self._site.in_any_language(family) if len(texts[one.key].versions) < count]

    def has_page(self, address: str) -> bool:
        """Whether an address is that of a page."""
        self.queries.asked.add(("page", address))
        return address in self._site.routes


class _TrackedEntities(EntityIndex):
    """An index whose look-ups are queries."""

    __slots__ = ("_index", "_queries")

    def __init__(self, index: EntityIndex, queries: Queries) -> None:
        super().__init__(index.ids, index.names)
        self._index, self._queries = index, queries
        queries.define("entity", index.find)

    def find(self, name: str) -> tuple[str, str] | None:
        """Return kind and id of the entity with an id or a name, or None."""
        self._queries.asked.add(("entity", name))
        return self._index.find(name)


class TrackedCatalogs(Catalogs):
    """Catalogues that note which messages are looked up."""

    __slots__ = ("_tracked",)

    def __init__(self, catalogs: Catalogs, queries: Queries) -> None:
        super().__init__(catalogs.catalogues, catalogs.missing, catalogs.extra)
        self._tracked = {tag: _TrackedCatalog(tag, one, queries) for tag, one in catalogs.catalogues.items()}
        queries.define("message", lambda tag, method, *words: _translate(catalogs.catalogues[tag], method, words))

    def for_language(self, language: Language) -> NullTranslations:
        """Return the catalogue of a language."""
        return self._tracked[language.tag]


def _translate(catalog: NullTranslations, method: str, words: tuple[str, ...]) -> list[str]:
    """Return the translation of a message; of one that counts, for each form of plural."""
    if method in ("ngettext", "npgettext"):
        return [getattr(catalog, method)(*words, count) for count in _COUNTS]
    return [getattr(catalog, method)(*words)] if method in ("gettext", "pgettext") else []


class _TrackedCatalog(NullTranslations):
    """A catalogue that notes which messages are looked up."""

    def __init__(self, tag: str, catalog: NullTranslations, queries: Queries) -> None:
        super().__init__()
        self.tag, self.catalog, self.queries = tag, catalog, queries

    def gettext(self, message: str) -> Any:
        """Return the translation of a message."""
        self.queries.asked.add(("message", self.tag, "gettext", message))
        return self.catalog.gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> Any:
        """Return the translation for a count."""
        self.queries.asked.add(("message", self.tag, "ngettext", singular, plural))
        return self.catalog.ngettext(singular, plural, n)

    def pgettext(self, context: str, message: str) -> Any:
        """Return the translation of a message in a context."""
        self.queries.asked.add(("message", self.tag, "pgettext", context, message))
        return self.catalog.pgettext(context, message)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> Any:
        """Return the translation for a count in a context."""
        self.queries.asked.add(("message", self.tag, "npgettext", context, singular, plural))
        return self.catalog.npgettext(context, singular, plural, n)
