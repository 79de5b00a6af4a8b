"""The views of resolutions: all of them, their citations, their commitments, and those that a text answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from jisr.core.model.document import Document, LocalizedText
from jisr.core.model.events import display_year
from jisr.core.model.index_pages import find_index_page
from jisr.core.model.resolutions import anchor_to_number, find_item_name, find_list_heading
from jisr.core.model.site import ResolutionReply
from jisr.core.urls import paths
from jisr.core.urls.feed_specs import is_listed_feed
from jisr.pages.layout import LayoutInputs, breadcrumbs, page_fields
from jisr.pages.links import Linker
from jisr.pages.rows import index_links, listing_row
from jisr.pages.views.component_views import ResolutionView
from jisr.pages.views.entity_views import AnswerView, CommitmentView, ReplyView, StatementView, TopicView
from jisr.pages.views.page_views import CommitmentsView, ResolutionsView


def list_resolutions(statement: Document, linker: Linker) -> tuple[ResolutionView, ...]:
    """Return the resolutions of a statement with links to them."""
    address = paths.text(statement.language.tag, statement.kind, statement.id)
    return tuple(
        ResolutionView(
            one.number,
            one.anchor,
            linker.render_body(statement, one.html),
            linker.url(f"{address}#{one.anchor}"),
            anchor_to_number(one.anchor),
            linker.absolute_url(f"{address}#{one.anchor}"),
            find_list_heading(statement.outline.resolutions, one.anchor),
            name.text if (name := find_item_name(statement, one.anchor)) else "",
        )
        for one in statement.outline.resolutions
    )


def resolutions_view(number: int, linker: Linker, inputs: LayoutInputs) -> ResolutionsView:
    """Return all resolutions by year, newest statement first, and by topic; where they are many, those of one year.

    A statement that does not exist in this language is listed in the best version there is, marked as such.
    """
    site, language = linker.site, linker.language
    statements = site.ask(find_index_page, "resolutions", language.tag, str(number))
    views = {one.id: StatementView(one.id, listing_row(one, linker), list_resolutions(one, linker)) for one in statements}
    years = groupby(statements, key=lambda one: display_year(one, site))
    return ResolutionsView(
        **page_fields(linker, inputs.label("resolutions", language).text, inputs),
        pages=index_links("resolutions", number, linker),
        years=tuple((year, tuple(views[one.id] for one in group)) for year, group in years),
        topics=tuple(_topic_views(statements, views, linker)),
    )


def _topic_views(statements: Sequence[Document], views: Mapping[str, StatementView], linker: Linker) -> Iterator[TopicView]:
    """Return the topics of statements by their names, each with links to its statements further up on the page."""
    ids = dict.fromkeys(topic for one in statements for topic in one.topics)
    topics = [one for one in ids if is_listed_feed(f"topics/{one}", linker.site)]
    links = [(topic, link) for topic in topics if (link := linker.profile_link("topics", topic))]
    for topic, link in sorted(links, key=lambda one: (one[1].words.text.casefold(), one[0])):
        yield TopicView(link, tuple(views[one.id] for one in statements if topic in one.topics))


def commitments_view(linker: Linker, inputs: LayoutInputs) -> CommitmentsView:
    """Return all commitments with their state, those of the newest statement first."""
    title = inputs.label("commitments", linker.language)
    steps = breadcrumbs(linker, inputs, "statements", last=title)
    sets = (linker.site.sets["statements", identity] for identity in linker.site.commitments)
    statements = [one.best_for(linker.language) for one in sets]
    rows = tuple((listing_row(one, linker), list_commitments(one, linker)) for one in statements)
    return CommitmentsView(**page_fields(linker, title.text, inputs, steps), statements=rows)


def list_commitments(statement: Document, linker: Linker) -> tuple[CommitmentView, ...]:
    """Return the commitments of a statement, each with its resolution and the texts that answer it."""
    commitments = linker.site.commitments.get(statement.id, ()) if statement.kind == "statements" else ()
    if not commitments:
        return ()
    resolutions = {one.anchor: one for one in list_resolutions(statement, linker)}
    page = paths.collection_path(linker.language.tag, "commitments")
    return tuple(
        CommitmentView(
            resolution=resolutions[one.anchor],
            id=f"{one.statement}-{one.anchor}",
            url=linker.url(f"{page}#{one.statement}-{one.anchor}"),
            state=one.state,
            due=one.due,
            replies=tuple(_reply_view(reply, linker) for reply in one.replies),
        )
        for one in commitments
        if one.anchor in resolutions
    )


def _reply_view(reply: ResolutionReply, linker: Linker) -> ReplyView:
    return ReplyView(listing_row(linker.site.sets[reply.text].best_for(linker.language), linker), reply.kept)


def list_answers(document: Document, linker: Linker) -> tuple[AnswerView, ...]:
    """Return the resolutions that a text answers, with links to them in this page's language or the best there is."""
    answers = []
    for answer in document.answers:
        identity, _, anchor = answer.resolution.partition("#")
        if texts := linker.site.get("statements", identity):
            statement = texts.best_for(linker.language)
            url = linker.url(f"{paths.text(statement.language.tag, *statement.key)}#{anchor}")
            heading = find_list_heading(statement.outline.resolutions, anchor)
            name = find_item_name(statement, anchor)
            number = anchor.rpartition("-")[2].removeprefix("r") if heading or name else anchor_to_number(anchor)
            words = LocalizedText(heading, statement.language)
            answers.append(AnswerView(listing_row(statement, linker), number, words, name, url, answer.kept))
    return tuple(answers)
