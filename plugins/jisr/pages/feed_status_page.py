"""The page on which maintainers see how the blogs of members were when they were last asked."""

from __future__ import annotations

from markupsafe import Markup

from jisr.content.settings.settings import FetchReportFile
from jisr.core.diagnostics.message_formatter import PhraseRenderer
from jisr.core.diagnostics.problems import Problem, Problems, phrase
from jisr.core.model.document import LocalizedText
from jisr.core.model.feed_status import FeedStatus, FeedStatusReport, parse_feed_report
from jisr.pages.layout import LayoutInputs, build_head, build_layout
from jisr.pages.links import Linker
from jisr.pages.views.component_views import BlogRow, Link
from jisr.pages.views.page_views import BlogsView

_OUTCOME_ORDER = ("gone", "failed", "moved", "waiting", "answered")


def read_feed_report(report: FetchReportFile | None, problems: Problems) -> FeedStatusReport | None:
    """Return what a report says; nothing where there is none yet. One that cannot be read is a problem."""
    if report is None:
        return None
    try:
        return parse_feed_report(report.file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = phrase("it cannot be opened") if isinstance(error, OSError) else phrase("it is no report of a run")
        text = '"{file}" cannot be shown: {reason}. Run inv fetch again, or take FETCH_REPORT out.'
        problems.add(Problem.warning(report.place, "setting", text, file=report.file.name, reason=reason))
        return None


def blogs_view(linker: Linker, surroundings: LayoutInputs) -> BlogsView:
    """Return the blogs, those first that an editor should look at."""
    said = linker.site.feed_status
    assert said is not None  # noqa: S101 (without a report there is no route)
    ordered = sorted(said.members, key=lambda one: (_OUTCOME_ORDER.index(one.outcome), not one.questions, one.member))
    return BlogsView(
        linker.language,
        build_head(linker, surroundings.label("blogs", linker.language).text, surroundings),
        build_layout(linker, surroundings),
        said.run_time.astimezone(linker.site.timezone).date(),
        tuple(_blog_row(one, linker, surroundings.render_phrase) for one in ordered),
    )


def _blog_row(blog: FeedStatus, linker: Linker, tell: PhraseRenderer) -> BlogRow:
    link = linker.profile_link("members", blog.member) or Link(LocalizedText(blog.member, linker.language), "")
    answered = blog.last_success.astimezone(linker.site.timezone).date() if blog.last_success else None
    reason = tell(blog.reason, linker.language) if blog.reason else Markup("")
    questions = tuple(tell(one, linker.language) for one in blog.questions)
    return BlogRow(link, blog.url, blog.outcome, reason, answered, blog.failures, blog.held_count, questions)
