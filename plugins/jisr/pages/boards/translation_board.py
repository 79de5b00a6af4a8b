"""The translation board: the status of every text in every language, with the numbers of ``inv status``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jisr.core.model.document import Document, LocalizedText
from jisr.core.translation.translation_status import DocumentStatus, OpenWork, VersionStatus, open_work, translation_status
from jisr.core.urls import paths
from jisr.pages.boards.reply_board import board_replies, board_threads
from jisr.pages.layout import LayoutInputs, page_fields
from jisr.pages.links import Linker
from jisr.pages.views.entity_views import BoardCell, BoardColumn, BoardRow
from jisr.pages.views.page_views import BoardView


def board_view(linker: Linker, inputs: LayoutInputs) -> BoardView:
    """Return the page ``/status/``, which counts drafts as ``inv status`` does, and names no text that readers cannot see."""
    site = linker.site
    rows = translation_status(site.sets_with_drafts.values(), tuple(site.languages), site.bodies)
    visible = tuple(_board_rows(rows, linker))
    fields = page_fields(linker, inputs.label("status", linker.language).text, inputs)
    return BoardView(
        **fields | {"head": replace(fields["head"], feeds=())},
        columns=tuple(_board_column(one, linker) for one in open_work(rows, site.languages.tags)),
        rows=visible,
        unseen=len(rows) - len(visible),
        replies=board_replies(site),
        threads=tuple(board_threads(linker)),
    )


def _board_column(one: OpenWork, linker: Linker) -> BoardColumn:
    url = linker.url(paths.home(one.tag))
    return BoardColumn(linker.site.languages[one.tag], url, one.missing, one.stale, one.unpinned, one.words, one.claimed)


def _board_rows(rows: tuple[DocumentStatus, ...], linker: Linker) -> Iterator[BoardRow]:
    for row in rows:
        texts = linker.site.get(row.kind, row.id)
        versions = {one.language.tag: one for one in texts.versions if one.listed} if texts else {}
        titled = versions.get(row.original) or next(iter(versions.values()), None)
        if titled is not None:
            # A member's post need not be translated.
            relevant = (one for one in row.statuses if one.state != "missing" or row.kind != "posts")
            cells = tuple(_board_cell(one, versions.get(one.tag), linker) for one in relevant)
            yield BoardRow(row.kind, row.id, LocalizedText(titled.title, titled.language), cells)


def _board_cell(one: VersionStatus, document: Document | None, linker: Linker) -> BoardCell:
    return BoardCell(
        language=linker.site.languages[one.tag],
        state=one.state,
        url=linker.text_url(document) if document else "",
        draft=one.draft,
        count=one.staleness.count if one.staleness else 0,
        total=one.staleness.total if one.staleness else 0,
        words=one.words,
        by=one.translators,
    )
