"""The page on which maintainers see how the blogs of members were when they were last asked."""

from __future__ import annotations

from markupsafe import Markup

from plugins.core.blogs import Blog, Blogs, read_report
from plugins.core.documents import Words
from plugins.core.problems import Problem, Problems, phrase
from plugins.core.voices import Tell
from plugins.multilingual.chrome import Surroundings, chrome, head
from plugins.multilingual.configuration import Report
from plugins.multilingual.linker import Linker
from plugins.multilingual.parts import BlogRow, Link
from plugins.multilingual.views import BlogsView

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
