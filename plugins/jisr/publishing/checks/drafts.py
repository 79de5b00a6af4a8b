"""Check that no text of a draft is in a built site, at any address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.document import Document, TranslationSet
from jisr.core.model.site import Site
from jisr.core.urls import paths

_PUBLIC_SUFFIXES = (".html", ".atom", ".rss", ".json", ".xml", ".ics", ".vcf", ".txt", ".opml", ".rdf")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|t[dh]|dd|blockquote)>")
_NON_LETTERS = re.compile(r"[\W_]+")
_MIN_LINE_LENGTH = 60  # letters; equal lines of this length are no coincidence


def hidden_versions(site: Site) -> list[Document]:
    """Return the versions of the content folder that are not published."""
    return [one for texts in site.sets_with_drafts.values() for one in texts.versions if _is_unpublished(site.sets, texts, one)]


def _is_unpublished(published: Mapping[tuple[str, str], TranslationSet], texts: TranslationSet, one: Document) -> bool:
    versions = published.get((texts.kind, texts.id))
    return versions is None or versions.get(one.language.tag) is None


def check_drafts(site: Site, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Return a problem for each file that is the page of a draft, or has a line that is in a draft only."""
    hidden = hidden_versions(site)
    if not hidden:
        return
    published = {line for texts in site.sets.values() for one in texts.versions for line in _long_lines(one, site)}
    draft_lines = {line: one for one in hidden for line in _long_lines(one, site) if line not in published}
    pages = {paths.output_path(paths.text(one.language.tag, one.kind, one.id)): one for one in hidden}
    for path, data in files.items():
        draft = pages.get(path) or _find_draft(draft_lines, data) if path.endswith(_PUBLIC_SUFFIXES) else None
        if draft is not None:
            text = '"{path}" is a draft, and this file would show it to readers. Take its words out, or publish the text.'
            yield Problem.error(SourceLocation(path), "published-draft", text, path=draft.path)


def _long_lines(document: Document, site: Site) -> Iterator[str]:
    """Return the beginnings of the long lines of a text, reduced to letters, without markup."""
    for line in (document.summary, *_BLOCK_END.split(site.bodies[document.path].html)):
        letters = _letters_only(html.unescape(_TAG.sub("", line)))
        if len(letters) >= _MIN_LINE_LENGTH:
            yield letters[:_MIN_LINE_LENGTH]


def _find_draft(draft_lines: Mapping[str, Document], data: bytes) -> Document | None:
    """Return the draft that has a line of a file, or None."""
    text = data.decode("utf-8", "replace")
    letters = _letters_only(_TAG.sub("", html.unescape(_TAG.sub("", text))))
    return next((one for line, one in draft_lines.items() if line in letters), None)


def _letters_only(text: str) -> str:
    return _NON_LETTERS.sub("", text)
