"""Whether something that readers must not see yet stands in a built site: the texts of drafts, under whatever address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.urls import paths

_PUBLIC_SUFFIXES = (".html", ".atom", ".rss", ".json", ".xml", ".ics", ".txt", ".opml", ".rdf")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|t[dh]|dd|blockquote)>")
_NON_LETTERS = re.compile(r"[\W_]+")
_MIN_LINE_LENGTH = 60  # letters: so many in one order are no chance


def hidden_versions(site: Site) -> list[Document]:
    """Return the versions that readers must not see, though the content folder has them."""
    return [one for texts in site.sets_with_drafts.values() for one in texts.versions if _is_hidden_from(site.sets, texts, one)]


def _is_hidden_from(shown: Mapping[tuple[str, str], TranslationSet], texts: TranslationSet, one: Document) -> bool:
    built = shown.get((texts.kind, texts.id))
    return built is None or built.get(one.language.tag) is None


def check_drafts(site: Site, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Return a problem for each file that is a draft's page, or says what only a draft says."""
    hidden = hidden_versions(site)
    if not hidden:
        return
    seen = {line for texts in site.sets.values() for one in texts.versions for line in _long_lines(one)}
    said = {line: one for one in hidden for line in _long_lines(one) if line not in seen}
    pages = {paths.output_path(paths.text(one.language.tag, one.kind, one.id)): one for one in hidden}
    for path, data in files.items():
        found = pages.get(path) or _find_draft(said, data) if path.endswith(_PUBLIC_SUFFIXES) else None
        if found is not None:
            text = '"{path}" is a draft, and this file would show it to readers. Take its words out, or publish the text.'
            yield Problem.error(SourceLocation(path), "published-draft", text, path=found.path)


def _long_lines(document: Document) -> Iterator[str]:
    """Return the long lines of a text, as their letters alone, however they are marked up; of the longest only the beginning."""
    for line in (document.summary, *_BLOCK_END.split(document.body.html)):
        bare = _letters_only(html.unescape(_TAG.sub("", line)))
        if len(bare) >= _MIN_LINE_LENGTH:
            yield bare[:_MIN_LINE_LENGTH]


def _find_draft(said: Mapping[str, Document], data: bytes) -> Document | None:
    """Return the draft of which a file says a line."""
    text = data.decode("utf-8", "replace")
    bare = _letters_only(_TAG.sub("", html.unescape(_TAG.sub("", text))))
    return next((one for line, one in said.items() if line in bare), None)


def _letters_only(text: str) -> str:
    return _NON_LETTERS.sub("", text)
