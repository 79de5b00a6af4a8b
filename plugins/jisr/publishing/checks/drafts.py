"""Whether something that readers must not see yet stands in a built site: the texts of drafts, under whatever address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from jisr.core.diagnostics.problems import Place, Problem
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.urls import paths

_SHOWING = (".html", ".atom", ".rss", ".json", ".xml", ".ics", ".txt", ".opml", ".rdf")
_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:p|li|h[1-6]|t[dh]|dd|blockquote)>")
_APART = re.compile(r"[\W_]+")
_LONG = 60  # letters: so many in one order are no chance


def drafts(site: Site) -> list[Document]:
    """Give the versions that readers must not see, though the content folder has them."""
    return [one for texts in site.complete.values() for one in texts.versions if _is_hidden_from(site.sets, texts, one)]


def _is_hidden_from(shown: Mapping[tuple[str, str], TranslationSet], texts: TranslationSet, one: Document) -> bool:
    built = shown.get((texts.kind, texts.id))
    return built is None or built.get(one.language.tag) is None


def draft_problems(site: Site, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Give a problem for each file that is a draft's page, or says what only a draft says."""
    hidden = drafts(site)
    if not hidden:
        return
    seen = {line for texts in site.sets.values() for one in texts.versions for line in _lines(one)}
    said = {line: one for one in hidden for line in _lines(one) if line not in seen}
    pages = {paths.output_path(paths.text(one.language.tag, one.kind, one.id)): one for one in hidden}
    for path, data in files.items():
        found = pages.get(path) or _first(said, data) if path.endswith(_SHOWING) else None
        if found is not None:
            text = '"{path}" is a draft, and this file would show it to readers. Take its words out, or publish the text.'
            yield Problem.error(Place(path), "published-draft", text, path=found.path)


def _lines(document: Document) -> Iterator[str]:
    """Give the long lines of a text, as their letters alone, however they are marked up; of the longest only the beginning."""
    for line in (document.summary, *_ENDS.split(document.body.html)):
        bare = _bare(html.unescape(_TAG.sub("", line)))
        if len(bare) >= _LONG:
            yield bare[:_LONG]


def _first(said: Mapping[str, Document], data: bytes) -> Document | None:
    """Give the draft of which a file says a line."""
    text = data.decode("utf-8", "replace")
    bare = _bare(_TAG.sub("", html.unescape(_TAG.sub("", text))))
    return next((one for line, one in said.items() if line in bare), None)


def _bare(text: str) -> str:
    return _APART.sub("", text)
