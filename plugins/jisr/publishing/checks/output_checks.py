"""All checks of a built folder before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from jisr.core.diagnostics.problems import Problem, SourceLocation, sort_problems
from jisr.core.frozen import dataclass
from jisr.core.urls.paths import ADMIN
from jisr.publishing.checks.built_site import BuiltSite, parse_page
from jisr.publishing.checks.dead_links import check_page
from jisr.publishing.checks.feed_validity import FEED_SUFFIXES, check_feed
from jisr.publishing.checks.page_weight import FAST_QUALITY, check_weight, missing_brotli, weigh_pages
from jisr.publishing.checks.secrets import check_file_name, check_secrets


def list_files(folder: Path) -> Iterator[Path]:
    """Return the files of a folder, sorted by path; symbolic links are files, too."""
    return (file for file in sorted(folder.rglob("*")) if file.is_symlink() or file.is_file())


@dataclass(frozen=True, slots=True)
class SiteFiles(Mapping[str, bytes]):
    """The files of a folder by path, each read on access: together they may be larger than the memory."""

    folder: Path
    paths: tuple[str, ...]

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """Return the files of a folder."""
        return cls(folder, tuple(file.relative_to(folder).as_posix() for file in list_files(folder)))

    def __getitem__(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def check_site(folder: Path, address: str, display_path: str) -> list[Problem]:
    """Return the problems of a built site, by path; ``display_path`` is the path of its folder in messages."""
    outside = [file.relative_to(folder).as_posix() for file in list_files(folder) if file.is_symlink()]
    text = '"{path}" leads out of the site. Put the file itself in its place.'
    problems = [Problem.error(SourceLocation(path), "published-name", text, path=path) for path in outside]
    problems = problems or [*check_files(SiteFiles.from_folder(folder), address.rstrip("/"))]
    if not any(problem.severity == "error" for problem in problems):
        problems += _check_weights(folder)
    return relocate_problems(display_path, problems)


def relocate_problems(display_path: str, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in order, with paths below the displayed path of their folder."""
    return sort_problems(replace(one, place=replace(one.place, path=f"{display_path}/{one.place.path}")) for one in problems)


def check_files(files: Mapping[str, bytes], address: str) -> Iterator[Problem]:
    """Return the problems of the files of a site, by path."""
    own = [path for path in files if not path.startswith(ADMIN)]  # the web editor is third-party: its links are not checked
    pages = {path: parse_page(path, files[path].decode("utf-8", "replace")) for path in own if path.endswith(".html")}
    site = BuiltSite(address, frozenset(files), pages)
    if "index.html" not in pages:
        text = "The site has no first page. Build it from a folder that has texts."
        yield Problem.error(SourceLocation("index.html"), "page-link", text)
    for path in files:
        yield from check_file_name(path)
    for path in own:
        data = files[path]
        yield from check_secrets(path, data)
        if path in pages:
            yield from check_page(pages[path], site)
        elif _is_feed(path):
            yield from check_feed(path, data, site)


def _is_feed(path: str) -> bool:
    return path.endswith(FEED_SUFFIXES) or (path.endswith(".json") and path.rpartition("/")[2].startswith("feed"))


def _check_weights(folder: Path) -> Iterable[Problem]:
    if problem := missing_brotli("index.html"):
        return [problem]
    # Fast compression gives larger sizes: only if a page is too heavy with it, all are weighed again with the best one.
    is_doubtful = any(True for one in weigh_pages(folder, FAST_QUALITY) for _ in check_weight(one))
    return (problem for one in weigh_pages(folder) for problem in check_weight(one)) if is_doubtful else ()
