"""The page on which maintainers see how the blogs of members were when they were last asked."""

from __future__ import annotations

from markupsafe import Markup

from jisr.content.settings.settings import Report
from jisr.core.diagnostics.message_formatter import Tell
from jisr.core.diagnostics.problems import Problem, Problems, phrase
from jisr.core.model.document import Words
from jisr.core.model.feed_status import Blog, Blogs, read_report
from jisr.pages.layout import Surroundings, chrome, head
from jisr.pages.links import Linker
from jisr.pages.views.component_views import BlogRow, Link
from jisr.pages.views.page_views import BlogsView

_WORST_FIRST = ("gone", "failed", "moved", "waiting", "answered")


def last_run(report: Report | None, problems: Problems) -> Blogs | None:
    """Give what a report says; nothing where there is none yet. One that cannot be read is a problem."""
    if report is None:
        return None
    try:
        return read_report(report.file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = phrase("it cannot be opened") if isinstance(error, OSError) else phrase("it is no report of a run")
        text = '"{file}" cannot be shown: {reason}. Run inv fetch again, or take FETCH_REPORT out.'
        problems.add(Problem.warning(report.place, "setting", text, file=report.file.name, reason=reason))
        return None


def blogs_view(linker: Linker, surroundings: Surroundings) -> BlogsView:
    """Give the blogs, those first that an editor should look at."""
    said = linker.site.blogs
    assert said is not None  # noqa: S101 (without a report there is no route)
    ordered = sorted(said.members, key=lambda one: (_WORST_FIRST.index(one.outcome), not one.questions, one.member))
    return BlogsView(
        linker.language,
        head(linker, surroundings.label("blogs", linker.language).text, surroundings),
        chrome(linker, surroundings),
        said.at.astimezone(linker.site.timezone).date(),
        tuple(_row(one, linker, surroundings.tell) for one in ordered),
    )


def _row(blog: Blog, linker: Linker, tell: Tell) -> BlogRow:
    link = linker.profile("members", blog.member) or Link(Words(blog.member, linker.language), "")
    answered = blog.succeeded.astimezone(linker.site.timezone).date() if blog.succeeded else None
    reason = tell(blog.reason, linker.language) if blog.reason else Markup("")
    questions = tuple(tell(one, linker.language) for one in blog.questions)
    return BlogRow(link, blog.url, blog.outcome, reason, answered, blog.failures, blog.held, questions)
