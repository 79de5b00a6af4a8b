"""The status page of the members' feeds, for maintainers: the outcome of the last run of ``inv fetch``."""

from __future__ import annotations

from markupsafe import Markup

from jisr.core.build.queries import query
from jisr.core.diagnostics.message_formatter import PhraseRenderer
from jisr.core.model.document import LocalizedText
from jisr.core.model.feed_status import FeedStatus, FeedStatusReport
from jisr.core.model.site import Site
from jisr.pages.layout import LayoutInputs, page_fields
from jisr.pages.links import Linker
from jisr.pages.views.component_views import BlogRow, Link
from jisr.pages.views.page_views import BlogsView

_OUTCOME_ORDER = ("gone", "failed", "moved", "waiting", "answered")


@query
def last_fetch_report(site: Site) -> FeedStatusReport | None:
    """Return the outcome of the last run of ``inv fetch``."""
    return site.feed_status


def blogs_view(linker: Linker, inputs: LayoutInputs) -> BlogsView:
    """Return the view of the feeds, those first that an editor should look at."""
    report = linker.site.ask(last_fetch_report)
    assert report is not None  # noqa: S101 (without a report there is no route)
    feeds = sorted(report.members, key=lambda feed: (_OUTCOME_ORDER.index(feed.outcome), not feed.questions, feed.member))
    return BlogsView(
        **page_fields(linker, inputs.label("blogs", linker.language).text, inputs),
        day=report.run_time.astimezone(linker.site.timezone).date(),
        blogs=tuple(_blog_row(feed, linker, inputs.render_phrase) for feed in feeds),
    )


def _blog_row(feed: FeedStatus, linker: Linker, render: PhraseRenderer) -> BlogRow:
    link = linker.profile_link("members", feed.member) or Link(LocalizedText(feed.member, linker.language), "")
    last_success = feed.last_success.astimezone(linker.site.timezone).date() if feed.last_success else None
    reason = render(feed.reason, linker.language) if feed.reason else Markup("")
    questions = tuple(render(question, linker.language) for question in feed.questions)
    return BlogRow(link, feed.url, feed.outcome, reason, last_success, feed.failures, feed.held_count, questions)
