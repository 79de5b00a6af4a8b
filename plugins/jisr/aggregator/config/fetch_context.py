"""All that a run of ``inv fetch`` works with, laid out from a site that was read."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jisr.aggregator.config import fetch_settings
from jisr.aggregator.config import sources as members
from jisr.aggregator.fingerprint import code_fingerprint
from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import SiteContext
from jisr.aggregator.store.post_writer import read_author_names
from jisr.core.build.build_context import BuildContext
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass

_REQUIRED_PACKAGES = ("aiohttp", "feedparser", "nh3", "py3langid")
_STEP_SECONDS = 10.0  # of reading, making safe and choosing for one member: usual feeds take hundredths of one


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What is asked of a run: all members or one, writing what came or only showing it."""

    member: str = ""
    dry_run: bool = False


DEFAULT_OPTIONS = FetchOptions()


@dataclass(frozen=True, slots=True)
class FetchContext:
    """All that a run works with: who is asked and how, what is known of the site, and where things lie."""

    sources: tuple[FeedSource, ...]
    places: Mapping[str, SourceLocation]  # where each member's file states its feed
    site_context: SiteContext
    content: Path
    content_shown: str  # the content folder as editors call it
    cache_folder: Path
    user_agent: str
    timeout_seconds: float = 20
    allowed_hosts: frozenset[tuple[str, int]] = frozenset()
    options: FetchOptions = DEFAULT_OPTIONS
    step_seconds: float = _STEP_SECONDS
    code_fingerprint: str = ""  # the fingerprint of this room's code

    def read_text(self, path: str) -> str:
        """Return what stands in a file that editors call ``path``; nothing where it cannot be read."""
        try:
            return (self.content / path.removeprefix(f"{self.content_shown}/")).read_bytes().decode("utf-8")
        except (OSError, ValueError):
            return ""


def create_context(context: BuildContext, asked: FetchOptions) -> FetchContext:
    """Return what a run works with.

    Raises ProblemsError where settings are wrong, packages are lacking, or the member that is asked for is none.
    """
    site, run, settings = context.site, context.run, context.settings
    lacking = [name for name in _REQUIRED_PACKAGES if importlib.util.find_spec(name) is None]
    if lacking:
        text = "{names} is not installed here. Install what fetching needs: .venv/bin/pip install -e '.[fetch]'."
        raise ProblemsError(Problem.error(SourceLocation(run.settings_path), "fetch", text, names=", ".join(lacking)))
    sources = members.member_sources(site)
    if asked.member and asked.member not in [source.member for source in sources]:
        text = '"{member}" is no member that says where its blog is. There are: {names}.'
        names = ", ".join(source.member for source in sources) or phrase("none")
        place = SourceLocation(f"{run.content_path}/members")
        raise ProblemsError(Problem.error(place, "member", text, member=asked.member, names=names))
    seconds, most_new = fetch_settings.read_limits(settings, run.settings_path)
    content = Path(settings["PATH"])
    return FetchContext(
        sources=tuple(source for source in sources if asked.member in ("", source.member)),
        places={texts.id: texts.original.location_of("feed") for texts in site.of_kind("members")},
        site_context=replace(
            members.site_context(site, most_new),
            author_spellings=read_author_names(content),
            fetch_pictures=fetch_settings.read_pictures_setting(settings, run.settings_path),
        ),
        content=content,
        content_shown=run.content_path,
        cache_folder=fetch_settings.cache_folder(Path(run.settings_path), content),
        user_agent=fetch_settings.user_agent(str(settings["SITEURL"])),
        timeout_seconds=seconds,
        allowed_hosts=fetch_settings.read_allowed_hosts(settings, run.settings_path),
        options=asked,
        code_fingerprint=code_fingerprint((PACKAGE / "aggregator", PACKAGE / "ingest")),
    )
