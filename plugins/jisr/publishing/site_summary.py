"""``inv summary``: a report about the texts and the built site as Markdown, for the page of a workflow run."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from jisr.core.bidi.base_direction import title_direction
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, phrase, sort_problems
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import open_work, translation_status
from jisr.core.urls import paths
from jisr.publishing.checks.output_checks import SiteFiles
from jisr.publishing.checks.page_weight import FAST_QUALITY, FIRST_LOAD, weigh_pages

MAX_ITEMS = 20
MAX_HEAVIEST_PAGES = 5
MAX_TITLE_LENGTH = 70  # letters; search results truncate longer titles
_FAILED_OUTCOMES = ("failed", "gone")


def summarise(context: BuildContext, output: Path) -> int:
    """Print the report. Returns 0: problems are reported by other commands, too, with their exit codes."""
    print("\n".join(summary_lines(context, output)))
    return 0


def summary_lines(context: BuildContext, output: Path) -> Iterator[str]:
    """Return the report: languages, weight, blogs, search results, problems; empty sections are left out."""
    formatter, site = context.formatter, context.site if context.has_site else None
    files = SiteFiles.from_folder(output) if (output / "index.html").is_file() else None
    yield from ("## " + formatter.format(phrase("What was built")), "")
    if site is not None:
        yield from _language_section(site, files, formatter)
    if files is None:
        yield from (formatter.format(phrase("No site is built in {folder}.", folder=output.as_posix())), "")
    else:
        yield from _weight_section(output, files, formatter)
    if site is not None:
        yield from _feed_section(site, formatter)
    if site is not None and files is not None:
        yield from _search_result_section(site, files, formatter)
    yield from _problem_section(sort_problems(context.problems), formatter)


def _language_section(site: Site, files: SiteFiles | None, formatter: MessageFormatter) -> Iterator[str]:
    """Return a row for each language: its pages, its texts, and its open work, as ``inv status`` counts it."""
    heads = [phrase("Language"), phrase("Pages"), phrase("Texts")]
    heads += [phrase("Missing"), phrase("Stale"), phrase("Words to translate")]
    rows = []
    for one in open_work(
        translation_status(site.sets_with_drafts.values(), tuple(site.languages), site.bodies), site.languages.tags
    ):
        pages = sum(path.startswith(f"{one.tag}/") and path.endswith(".html") for path in files or ())
        texts = sum(texts.get(one.tag) is not None for texts in site.sets.values())
        rows.append([f"{site.languages[one.tag].own_name} ({one.tag})", pages, texts, one.missing, one.stale, one.words])
    yield from _format_table(map(formatter.format, heads), rows)


def _weight_section(output: Path, files: SiteFiles, formatter: MessageFormatter) -> Iterator[str]:
    pages = sum(path.endswith(".html") for path in files)
    size = sum((output / path).stat().st_size for path in files)
    counts = phrase("{pages} pages, {files} files, {size} KB.", pages=pages, files=len(files), size=f"{size / 1024:,.0f}")
    yield from (formatter.format(counts), "")
    if importlib.util.find_spec("brotli") is None:
        return
    try:
        heaviest = weigh_pages(output, FAST_QUALITY)[:MAX_HEAVIEST_PAGES]
    except ProblemsError:
        return
    heads = (phrase("Heaviest pages"), phrase("HTML and styles, of {most} bytes", most=f"{FIRST_LOAD:,}"), phrase("Fonts"))
    yield from _format_table(map(formatter.format, heads), [[f"`{one.path}`", one.first_load, one.fonts] for one in heaviest])


def _feed_section(site: Site, formatter: MessageFormatter) -> Iterator[str]:
    silent = [one for one in site.feed_status.members if one.outcome in _FAILED_OUTCOMES] if site.feed_status else []
    if silent:
        yield from ("### " + formatter.format(phrase("Blogs that do not answer")), "")
        heads = (phrase("Member"), phrase("Address"), phrase("Tries that failed"))
        rows = [[one.member, f"`{_escape_cell(one.url)}`", one.failures] for one in silent]
        yield from _format_table(map(formatter.format, heads), rows)


def _search_result_section(site: Site, files: SiteFiles, formatter: MessageFormatter) -> Iterator[str]:
    versions = (one for texts in site.sets.values() for one in texts.versions)
    texts = frozenset(paths.output_path(paths.text(one.language.tag, one.kind, one.id)) for one in versions)
    remarks = review_search_results(read_search_results(files), texts)
    if remarks:
        head = phrase("Titles and descriptions, as results show them: {count} to look at", count=len(remarks))
        yield from ("### " + formatter.format(head), "")
        yield from (f"- `{path}`: {_escape_cell(formatter.format(remark))}" for path, remark in remarks[:MAX_ITEMS])
        yield ""


def _problem_section(problems: list[Problem], formatter: MessageFormatter) -> Iterator[str]:
    errors = sum(one.severity == "error" for one in problems)
    counts = phrase("{count} errors", count=errors), phrase("{count} warnings", count=len(problems) - errors)
    yield from ("### " + formatter.format(phrase("{errors}, {warnings}", errors=counts[0], warnings=counts[1])), "")
    if problems:
        # Each line is code, so that nothing in a text becomes a link, an image or a mention of a user.
        lines = [formatter.format_line(one).replace("\n", " ").replace("`", "'") for one in problems[:MAX_ITEMS]]
        yield from ("```text", *lines, "```", "")


def _format_table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Return a Markdown table; all columns except the first are aligned to the right."""
    labels = list(heads)
    yield "| " + " | ".join(labels) + " |"
    yield "|" + "---|" + "--:|" * (len(labels) - 1)
    for row in rows:
        yield "| " + " | ".join(f"{one:,}" if isinstance(one, int) else _escape_cell(str(one)) for one in row) + " |"
    yield ""


def _escape_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page as in search results: path, language, direction, title without the name of the network, description."""

    path: str
    language: str
    direction: Direction
    title: str
    description: str


def read_search_results(files: Mapping[str, bytes]) -> Iterator[SearchResult]:
    """Return the search result of each page that search engines may index."""
    for path, data in files.items():
        if path.endswith("/index.html"):  # the language chooser at / has no language
            tree = LexborHTMLParser(data.decode("utf-8", "replace"))
            root, canonical = tree.css_first("html"), tree.css_first('link[rel="canonical"]')
            unlisted = tree.css_first('meta[name="robots"], meta[http-equiv="refresh"]') is not None
            if root is not None and canonical is not None and not unlisted:
                title = _meta_content(tree, 'meta[property="og:title"]')
                description = _meta_content(tree, 'meta[name="description"]')
                direction: Direction = "rtl" if root.attributes.get("dir") == "rtl" else "ltr"
                yield SearchResult(path, root.attributes.get("lang") or "", direction, title, description)


def _meta_content(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get("content") or "").strip() if node else ""


def review_search_results(results: Iterable[SearchResult], texts: frozenset[str]) -> list[tuple[str, Phrase]]:
    """Return remarks on search results, by path. Pages in ``texts`` need a description and a title in their script.

    >>> page = SearchResult("ckb/x/index.html", "ckb", "rtl", "Water", "")
    >>> [str(one) for _, one in review_search_results([page], frozenset([page.path]))]
    ['no description', 'the title "Water" has no letter of its language']
    """
    pages = list(results)
    paths_by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in pages:
        paths_by_title[one.language, one.title].append(one.path)
    remarks = []
    for one in pages:
        remarks += [(one.path, remark) for remark in _result_remarks(one, one.path in texts)]
        other = paths_by_title[one.language, one.title][0]
        if one.path != other:
            remarks.append((one.path, phrase('the title "{title}" is that of {other}, too', title=one.title, other=other)))
    return remarks


def _result_remarks(one: SearchResult, is_text: bool) -> Iterator[Phrase]:
    if len(one.title) > MAX_TITLE_LENGTH:
        count = len(one.title)
        yield phrase("the title has {letters} letters; results show about {most}", letters=count, most=MAX_TITLE_LENGTH)
    if is_text and not one.description:
        yield phrase("no description")
    if is_text and title_direction(one.title, one.direction) != one.direction:
        yield phrase('the title "{title}" has no letter of its language', title=one.title)
