"""``inv summary``: what a site came to, as Markdown, for the page that a workflow shows of a run."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jisr.core.diagnostics.message_formatter import Voice
from jisr.core.diagnostics.problems import Problem, ProblemsError, in_order, phrase
from jisr.core.model.site import Site
from jisr.core.translation.translation_status import left, survey
from jisr.core.urls import paths
from jisr.publishing.checks.output_checks import Files
from jisr.publishing.checks.page_weight import FIRST_LOAD, QUICKLY
from jisr.publishing.checks.weight_report import weights
from jisr.publishing.title_report import headlines, remarks

SHOWN = 20
HEAVIEST = 5
_SILENT = ("failed", "gone")


def summarise(context: Mapping[str, Any], output: Path) -> int:
    """Print what the texts and the built site of a folder came to. Gives 0: what is wrong was said by other commands."""
    print("\n".join(lines(context, output)))
    return 0


def lines(context: Mapping[str, Any], output: Path) -> Iterator[str]:
    """Give the summary: languages, weight, blogs, headlines, problems; a part with nothing to say is left out."""
    voice: Voice = context["voice"]
    site: Site | None = context.get("site")
    files = Files.of(output) if (output / "index.html").is_file() else None
    yield from ("## " + voice.say(phrase("What was built")), "")
    if site is not None:
        yield from _languages(site, files, voice)
    if files is None:
        yield from (voice.say(phrase("No site is built in {folder}.", folder=output.as_posix())), "")
    else:
        yield from _weight(output, files, voice)
    if site is not None:
        yield from _blogs(site, voice)
    if site is not None and files is not None:
        yield from _headlines(site, files, voice)
    yield from _problems(in_order(context["problems"]), voice)


def _languages(site: Site, files: Files | None, voice: Voice) -> Iterator[str]:
    """Give a row for each language: its pages, its texts, and what is left to do in it, as ``inv status`` counts."""
    heads = (
        phrase("Language"),
        phrase("Pages"),
        phrase("Texts"),
        phrase("Missing"),
        phrase("Stale"),
        phrase("Words to translate"),
    )
    rows = []
    for one in left(survey(site.complete.values(), tuple(site.languages)), site.languages.tags):
        pages = sum(path.startswith(f"{one.tag}/") and path.endswith(".html") for path in files or ())
        texts = sum(texts.get(one.tag) is not None for texts in site.sets.values())
        rows.append([f"{site.languages[one.tag].own_name} ({one.tag})", pages, texts, one.missing, one.stale, one.words])
    yield from _table([voice.say(one) for one in heads], rows)


def _weight(output: Path, files: Files, voice: Voice) -> Iterator[str]:
    pages = sum(path.endswith(".html") for path in files)
    size = sum((output / path).stat().st_size for path in files)
    said = phrase("{pages} pages, {files} files, {size} KB.", pages=pages, files=len(files), size=f"{size / 1024:,.0f}")
    yield from (voice.say(said), "")
    if importlib.util.find_spec("brotli") is None:
        return
    try:
        heaviest = weights(output, QUICKLY)[:HEAVIEST]
    except ProblemsError:
        return
    heads = (phrase("Heaviest pages"), phrase("HTML and styles, of {most} bytes", most=f"{FIRST_LOAD:,}"), phrase("Fonts"))
    yield from _table([voice.say(one) for one in heads], [[f"`{one.path}`", one.first_load, one.fonts] for one in heaviest])


def _blogs(site: Site, voice: Voice) -> Iterator[str]:
    silent = [one for one in site.blogs.members if one.outcome in _SILENT] if site.blogs else []
    if silent:
        yield from ("### " + voice.say(phrase("Blogs that do not answer")), "")
        heads = (phrase("Member"), phrase("Address"), phrase("Tries that failed"))
        rows = [[one.member, f"`{_cell(one.url)}`", one.failures] for one in silent]
        yield from _table([voice.say(one) for one in heads], rows)


def _headlines(site: Site, files: Files, voice: Voice) -> Iterator[str]:
    shown = (one for texts in site.sets.values() for one in texts.versions)
    texts = frozenset(paths.output_path(paths.text(one.language.tag, one.kind, one.id)) for one in shown)
    found = remarks(headlines(files), texts)
    if found:
        head = phrase("Titles and descriptions, as results show them: {count} to look at", count=len(found))
        yield from ("### " + voice.say(head), "")
        yield from (f"- `{path}`: {_cell(voice.say(said))}" for path, said in found[:SHOWN])
        yield ""


def _problems(found: list[Problem], voice: Voice) -> Iterator[str]:
    errors = sum(one.severity == "error" for one in found)
    counts = phrase(
        "{errors}, {warnings}",
        errors=phrase("{count} errors", count=errors),
        warnings=phrase("{count} warnings", count=len(found) - errors),
    )
    yield from ("### " + voice.say(counts), "")
    if found:
        # Each line is code: nothing in a text becomes a link, a picture or a mention of somebody.
        said = [voice.line(one).replace("\n", " ").replace("`", "'") for one in found[:SHOWN]]
        yield from ("```text", *said, "```", "")


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Give a table; every column but the first has numbers, where it has any."""
    titles = list(heads)
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" + "--:|" * (len(titles) - 1)
    for row in rows:
        yield "| " + " | ".join(f"{one:,}" if isinstance(one, int) else _cell(str(one)) for one in row) + " |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
