"""The texts that a proposal changes, as one file of HTML that a telephone opens without unpacking anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from jisr.content.atomic_write import replace_atomically
from jisr.content.git import ask_git
from jisr.content.text_paths import parse_text_path
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.outputs.offline.bundles.single_page import POLICY, render_single_page

MOST_PAGES = 20  # in one file: each has the styles, and its pictures
_OF_ANY_OWNER = ("-c", "safe.directory=*")  # a container may run as another user than the owner of the folder
_STYLE = (
    ":root{color-scheme:light dark}body{margin:0;font:1em sans-serif}ol{list-style:none;margin:0;padding:.5em 1em}"
    "a{display:inline-block;padding:.5em 0}iframe{display:block;width:100%;height:100vh;border:0;border-top:1px solid}"
)


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page of the preview: its file in the built site, its title and the language of that."""

    path: str
    title: str
    lang: str
    direction: str


def write_changed_texts(context: BuildContext, folder: Path, target: Path, since: str) -> int:
    """Write the pages of the texts that changed since a commit, drafts too, as one file, and print its name. Returns 0.

    Raises ProblemsError where there is no such commit, or the file cannot be written.
    """
    site = context.site
    names = list_changes(Path(context.settings["PATH"]), since)
    pages = [_page_of(one) for one in find_changed(site, names)] or list(_homes(site))
    html = join_pages(site, [(page, render_single_page(page.path, folder, site.url)) for page in pages[:MOST_PAGES]])
    try:
        replace_atomically(target, lambda temporary: temporary.write_bytes(html.encode()))
    except OSError as error:
        text = '"{path}" cannot be written: {reason}. Name another folder with --output.'
        problem = Problem.error(SourceLocation(str(target)), "output", text, path=target, reason=parse_reason(error.strerror))
        raise ProblemsError(problem) from None
    text = "{path} shows what changed, {number} of {all} pages: it opens on a telephone, too."
    shown = min(len(pages), MOST_PAGES)
    print(context.formatter.format(phrase(text, path=target.name, number=shown, all=len(pages))))
    return 0


def list_changes(content: Path, since: str) -> list[str]:
    """Return the files below the folder of the texts that are other than in a commit of git, or that it had not.

    Raises ProblemsError where there is no git, or no such commit.
    """
    words = ("diff", "--name-only", "-z", "--relative", "--diff-filter=d", "--end-of-options", since, "--", ".")
    changed = ask_git(content, *_OF_ANY_OWNER, *words)
    if changed is None:
        text = '"{commit}" is no commit of this clone. Fetch it, or name another with {option}.'
        raise ProblemsError(Problem.error(SourceLocation("--since"), "preview", text, commit=since, option="--since"))
    new = ask_git(content, *_OF_ANY_OWNER, "ls-files", "-z", "--others", "--exclude-standard") or ""
    return sorted({*changed.split("\0"), *new.split("\0")} - {""})


def find_changed(site: Site, names: Sequence[str]) -> Iterator[Document]:
    """Return the versions that files belong to: a text's own, else the original of the text beside which a file is."""
    found: dict[tuple[str, str, str], Document] = {}
    for name in names:
        for path in (name, *map(str, Path(name).parents)):
            named = parse_text_path(path, Path())
            texts = site.get(named.kind, named.id)
            version = texts and (texts.get(named.tag) if named.tag else texts.original)
            if version:
                found.setdefault((*version.key, version.language.tag), version)
                break
    return (found[key] for key in sorted(found))


def _page_of(version: Document) -> ChangedPage:
    address = paths.output_path(paths.text(version.language.tag, *version.key))
    return ChangedPage(address, version.title, version.language.tag, version.language.direction)


def _homes(site: Site) -> Iterator[ChangedPage]:
    """Return the homes: what shows most where no text changed."""
    for language in site.languages:
        yield ChangedPage(paths.output_path(paths.home(language.tag)), language.own_name, language.tag, language.direction)


def join_pages(site: Site, pages: Sequence[tuple[ChangedPage, str]]) -> str:
    """Return pages as one: the only one as it is, several each in a frame, with a list of them above."""
    if len(pages) == 1:
        return pages[0][1]
    links, frames = [], []
    for number, (page, html) in enumerate(pages):
        title, marks = escape(page.title), f'lang="{page.lang}" dir="{page.direction}"'
        links.append(f'<li {marks}><a href="#{number}">{title}</a> ({page.lang})</li>')
        frames.append(f'<iframe id="{number}" title="{title}" {marks} srcdoc="{escape(_leave_frame(html))}"></iframe>')
    first, name = pages[0][0], site.network_name(site.languages[pages[0][0].lang])
    parts = [
        "<!doctype html>",
        f'<html lang="{first.lang}" dir="{first.direction}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{escape(name)}</title><style>{_STYLE}</style></head>",
        "<body><nav><ol>",
        *links,
        "</ol></nav>",
        *frames,
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _leave_frame(html: str) -> str:
    """Return a page whose links to the site open in place of the whole preview: a site refuses to be shown in a frame."""
    tree = LexborHTMLParser(html)
    for node in tree.css('a[href^="http"]'):
        node.attrs["target"] = "_top"
    return tree.html or ""
