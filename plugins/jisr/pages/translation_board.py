"""The translation board: how every text stands in every language, with the numbers of ``inv status``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jisr.core.model.document import Document, Words
from jisr.core.translation.translation_status import Left, Row, Standing, left, survey
from jisr.core.urls import paths
from jisr.pages.layout import Surroundings, chrome, head
from jisr.pages.links import Linker
from jisr.pages.views.page_views import BoardCell, BoardColumn, BoardRow, BoardView


def board_view(linker: Linker, surroundings: Surroundings) -> BoardView:
    """Give the page ``/status/``, which counts drafts as ``inv status`` does, and names no text that readers cannot see."""
    site = linker.site
    rows = survey(site.complete.values(), tuple(site.languages))
    shown = tuple(_rows(rows, linker))
    title = surroundings.label("status", linker.language).text
    return BoardView(
        language=linker.language,
        head=replace(head(linker, title, surroundings), feeds=()),
        chrome=chrome(linker, surroundings),
        columns=tuple(_column(one, linker) for one in left(rows, site.languages.tags)),
        rows=shown,
        unseen=len(rows) - len(shown),
    )


def _column(one: Left, linker: Linker) -> BoardColumn:
    url = linker.url(paths.home(one.tag))
    return BoardColumn(linker.site.languages[one.tag], url, one.missing, one.stale, one.unpinned, one.words, one.claimed)


def _rows(rows: tuple[Row, ...], linker: Linker) -> Iterator[BoardRow]:
    for row in rows:
        texts = linker.site.get(row.kind, row.id)
        versions = {one.language.tag: one for one in texts.versions if one.listed} if texts else {}
        named = versions.get(row.original) or next(iter(versions.values()), None)
        if named is not None:
            cells = tuple(_cell(one, versions.get(one.tag), linker) for one in row.standings if _matters(one, row))
            yield BoardRow(row.kind, row.id, Words(named.title, named.language), cells)


def _matters(one: Standing, row: Row) -> bool:
    """Whether there is something to say: nobody waits for a translation of a member's post."""
    return one.state != "missing" or row.kind != "posts"


def _cell(one: Standing, document: Document | None, linker: Linker) -> BoardCell:
    return BoardCell(
        language=linker.site.languages[one.tag],
        state=one.state,
        url=linker.text(document) if document else "",
        draft=one.draft,
        count=one.lag.count if one.lag else 0,
        total=one.lag.total if one.lag else 0,
        words=one.words,
        by=one.by,
    )
