"""The context of a run of ``inv fetch``, created from a site that was read."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jisr.aggregator.config import fetch_settings
from jisr.aggregator.config import sources as members
from jisr.aggregator.model import FeedSource, SiteContext
from jisr.aggregator.state import code_fingerprint
from jisr.aggregator.store.post_writer import read_author_names
from jisr.core.build.build_context import BuildContext
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass

_REQUIRED_PACKAGES = ("aiohttp", "feedparser", "hijridate", "nh3", "py3langid")
_STEP_SECONDS = 10.0  # for parsing, sanitizing and selecting for one member: usual feeds take hundredths of one


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """The options of a run: all members or one, writing changes or only printing them."""

    member: str = ""
    dry_run: bool = False


DEFAULT_OPTIONS = FetchOptions()


@dataclass(frozen=True, slots=True)
class FetchContext:
    """The context of a run: its sources, the options of its requests, the site and the folders."""

    sources: tuple[FeedSource, ...]
    places: Mapping[str, SourceLocation]  # of the feed's address in each member's file
    site_context: SiteContext
    content: Path
    content_label: str  # the path of the content folder in messages
    cache_folder: Path
    user_agent: str
    timeout_seconds: float = 20
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()
    options: FetchOptions = DEFAULT_OPTIONS
    step_seconds: float = _STEP_SECONDS
    code_fingerprint: str = ""  # of the aggregator and of ingest

    def read_text(self, path: str) -> str:
        """Return the text of a file by its path in messages; an empty one where it cannot be read."""
        try:
            return (self.content / path.removeprefix(f"{self.content_label}/")).read_bytes().decode("utf-8")
        except (OSError, ValueError):
            return ""


def create_context(build_context: BuildContext, options: FetchOptions) -> FetchContext:
    """Return the context of a run.

    Raises ProblemsError where settings are wrong, packages are missing, or the member of the options does not exist.
    """
    site, run = build_context.site, build_context.run
    missing = [name for name in _REQUIRED_PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        text = "{names} is not installed here. Install what fetching needs: .venv/bin/pip install -e '.[fetch]'."
        raise ProblemsError(Problem.error(SourceLocation(run.settings_path), "fetch", text, names=", ".join(missing)))
    sources = members.member_sources(site)
    if options.member and options.member not in [source.member for source in sources]:
        text = '"{member}" is no member that says where its blog is. There are: {names}.'
        names = ", ".join(source.member for source in sources) or phrase("none")
        location = SourceLocation(f"{run.content_path}/members")
        raise ProblemsError(Problem.error(location, "member", text, member=options.member, names=names))
    seconds, most_new = fetch_settings.read_limits(build_context.settings, run.settings_path)
    content = Path(build_context.settings["PATH"])
    return FetchContext(
        sources=tuple(source for source in sources if options.member in ("", source.member)),
        places={texts.id: texts.original.location_of("feed") for texts in site.of_kind("members")},
        site_context=replace(
            members.site_context(site, most_new),
            author_spellings=read_author_names(content),
            fetch_pictures=fetch_settings.read_pictures_setting(build_context.settings, run.settings_path),
        ),
        content=content,
        content_label=run.content_path,
        cache_folder=fetch_settings.cache_folder(Path(run.settings_path), content),
        user_agent=fetch_settings.user_agent(str(build_context.settings["SITEURL"])),
        timeout_seconds=seconds,
        allowed_hosts=fetch_settings.read_allowed_hosts(build_context.settings, run.settings_path),
        options=options,
        code_fingerprint=code_fingerprint((PACKAGE / "aggregator", PACKAGE / "ingest")),
    )
