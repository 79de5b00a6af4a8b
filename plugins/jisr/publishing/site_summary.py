"""``inv summary``: what a site came to, as Markdown, for the page that a workflow shows of a run."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path

from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, phrase, sort_problems
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import open_work, translation_status
from jisr.core.urls import paths
from jisr.publishing.checks.output_checks import SiteFiles
from jisr.publishing.checks.page_weight import FAST_QUALITY, FIRST_LOAD
from jisr.publishing.checks.weight_report import weigh_pages
from jisr.publishing.title_report import read_search_results, review_search_results

MAX_ITEMS = 20
MAX_HEAVIEST_PAGES = 5
_FAILED_OUTCOMES = ("failed", "gone")


def summarise(context: BuildContext, output: Path) -> int:
    """Print what the texts and the built site of a folder came to. Returns 0: what is wrong was said by other commands."""
    print("\n".join(summary_lines(context, output)))
    return 0


def summary_lines(context: BuildContext, output: Path) -> Iterator[str]:
    """Return the summary: languages, weight, blogs, headlines, problems; a part with nothing to say is left out."""
    voice, site = context.formatter, context.site if context.has_site else None
    files = SiteFiles.from_folder(output) if (output / "index.html").is_file() else None
    yield from ("## " + voice.format(phrase("What was built")), "")
    if site is not None:
        yield from _language_section(site, files, voice)
    if files is None:
        yield from (voice.format(phrase("No site is built in {folder}.", folder=output.as_posix())), "")
    else:
        yield from _weight_section(output, files, voice)
    if site is not None:
        yield from _feed_section(site, voice)
    if site is not None and files is not None:
        yield from _search_result_section(site, files, voice)
    yield from _problem_section(sort_problems(context.problems), voice)


def _language_section(site: Site, files: SiteFiles | None, voice: MessageFormatter) -> Iterator[str]:
    """Return a row for each language: its pages, its texts, and what is left to do in it, as ``inv status`` counts."""
    heads = (
        phrase("Language"),
        phrase("Pages"),
        phrase("Texts"),
        phrase("Missing"),
        phrase("Stale"),
        phrase("Words to translate"),
    )
    rows = []
    for one in open_work(translation_status(site.sets_with_drafts.values(), tuple(site.languages)), site.languages.tags):
        pages = sum(path.startswith(f"{one.tag}/") and path.endswith(".html") for path in files or ())
        texts = sum(texts.get(one.tag) is not None for texts in site.sets.values())
        rows.append([f"{site.languages[one.tag].own_name} ({one.tag})", pages, texts, one.missing, one.stale, one.words])
    yield from _format_table([voice.format(one) for one in heads], rows)


def _weight_section(output: Path, files: SiteFiles, voice: MessageFormatter) -> Iterator[str]:
    pages = sum(path.endswith(".html") for path in files)
    size = sum((output / path).stat().st_size for path in files)
    said = phrase("{pages} pages, {files} files, {size} KB.", pages=pages, files=len(files), size=f"{size / 1024:,.0f}")
    yield from (voice.format(said), "")
    if importlib.util.find_spec("brotli") is None:
        return
    try:
        heaviest = weigh_pages(output, FAST_QUALITY)[:MAX_HEAVIEST_PAGES]
    except ProblemsError:
        return
    heads = (phrase("Heaviest pages"), phrase("HTML and styles, of {most} bytes", most=f"{FIRST_LOAD:,}"), phrase("Fonts"))
    yield from _format_table(
        [voice.format(one) for one in heads], [[f"`{one.path}`", one.first_load, one.fonts] for one in heaviest]
    )


def _feed_section(site: Site, voice: MessageFormatter) -> Iterator[str]:
    silent = [one for one in site.feed_status.members if one.outcome in _FAILED_OUTCOMES] if site.feed_status else []
    if silent:
        yield from ("### " + voice.format(phrase("Blogs that do not answer")), "")
        heads = (phrase("Member"), phrase("Address"), phrase("Tries that failed"))
        rows = [[one.member, f"`{_escape_cell(one.url)}`", one.failures] for one in silent]
        yield from _format_table([voice.format(one) for one in heads], rows)


def _search_result_section(site: Site, files: SiteFiles, voice: MessageFormatter) -> Iterator[str]:
    shown = (one for texts in site.sets.values() for one in texts.versions)
    texts = frozenset(paths.output_path(paths.text(one.language.tag, one.kind, one.id)) for one in shown)
    found = review_search_results(read_search_results(files), texts)
    if found:
        head = phrase("Titles and descriptions, as results show them: {count} to look at", count=len(found))
        yield from ("### " + voice.format(head), "")
        yield from (f"- `{path}`: {_escape_cell(voice.format(said))}" for path, said in found[:MAX_ITEMS])
        yield ""


def _problem_section(found: list[Problem], voice: MessageFormatter) -> Iterator[str]:
    errors = sum(one.severity == "error" for one in found)
    counts = phrase(
        "{errors}, {warnings}",
        errors=phrase("{count} errors", count=errors),
        warnings=phrase("{count} warnings", count=len(found) - errors),
    )
    yield from ("### " + voice.format(counts), "")
    if found:
        # Each line is code: nothing in a text becomes a link, a picture or a mention of somebody.
        said = [voice.format_line(one).replace("\n", " ").replace("`", "'") for one in found[:MAX_ITEMS]]
        yield from ("```text", *said, "```", "")


def _format_table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Return a table; every column but the first has numbers, where it has any."""
    titles = list(heads)
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" + "--:|" * (len(titles) - 1)
    for row in rows:
        yield "| " + " | ".join(f"{one:,}" if isinstance(one, int) else _escape_cell(str(one)) for one in row) + " |"
    yield ""


def _escape_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
