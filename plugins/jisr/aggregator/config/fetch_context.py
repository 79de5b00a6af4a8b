"""All that a run of ``inv fetch`` works with, laid out from a site that was read."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisr.aggregator.config import fetch_settings
from jisr.aggregator.config import sources as members
from jisr.aggregator.fingerprint import code_fingerprint
from jisr.aggregator.model import FeedSource
from jisr.aggregator.post_model import SiteContext
from jisr.aggregator.store.post_writer import read_author_names
from jisr.core.build.resources import PACKAGE
from jisr.core.build.run_context import RunContext
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.site import Site

_REQUIRED_PACKAGES = ("aiohttp", "feedparser", "nh3", "py3langid")
_STEP_SECONDS = 10.0  # of reading, making safe and choosing for one member: usual feeds take hundredths of one


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What is asked of a run: all members or one, writing what came or only showing it."""

    member: str = ""
    dry: bool = False


DEFAULT_OPTIONS = FetchOptions()


@dataclass(frozen=True, slots=True)
class FetchContext:
    """All that a run works with: who is asked and how, what is known of the site, and where things lie."""

    sources: tuple[FeedSource, ...]
    places: Mapping[str, SourceLocation]  # where each member's file states its feed
    network: SiteContext
    content: Path
    shown: str  # the content folder as editors call it
    cache: Path
    agent: str
    seconds: float = 20
    allowed: frozenset[tuple[str, int]] = frozenset()
    asked: FetchOptions = DEFAULT_OPTIONS
    step_seconds: float = _STEP_SECONDS
    program: str = ""  # the fingerprint of this room's code

    def text(self, path: str) -> str:
        """Give what stands in a file that editors call ``path``; nothing where it cannot be read."""
        try:
            return (self.content / path.removeprefix(f"{self.shown}/")).read_bytes().decode("utf-8")
        except (OSError, ValueError):
            return ""


def create_context(context: Mapping[str, Any], asked: FetchOptions) -> FetchContext:
    """Give what a run works with.

    Raises ProblemsError where settings are wrong, packages are lacking, or the member that is asked for is none.
    """
    site, run = context["site"], context["run"]
    assert isinstance(site, Site)  # noqa: S101 (the context is untyped)
    assert isinstance(run, RunContext)  # noqa: S101
    lacking = [name for name in _REQUIRED_PACKAGES if importlib.util.find_spec(name) is None]
    if lacking:
        text = "{names} is not installed here. Install what fetching needs: .venv/bin/pip install -e '.[fetch]'."
        raise ProblemsError(Problem.error(SourceLocation(run.settings_shown), "fetch", text, names=", ".join(lacking)))
    sources = members.member_sources(site)
    if asked.member and asked.member not in [source.member for source in sources]:
        text = '"{member}" is no member that says where its blog is. There are: {names}.'
        names = ", ".join(source.member for source in sources) or phrase("none")
        place = SourceLocation(f"{run.content_shown}/members")
        raise ProblemsError(Problem.error(place, "member", text, member=asked.member, names=names))
    seconds, most_new = fetch_settings.read_limits(context, run.settings_shown)
    content = Path(context["PATH"])
    return FetchContext(
        sources=tuple(source for source in sources if asked.member in ("", source.member)),
        places={texts.id: texts.original.place("feed") for texts in site.of_kind("members")},
        network=replace(
            members.site_context(site, most_new),
            spelled=read_author_names(content),
            pictures=fetch_settings.read_pictures_setting(context, run.settings_shown),
        ),
        content=content,
        shown=run.content_shown,
        cache=fetch_settings.cache_folder(Path(run.settings_shown), content),
        agent=fetch_settings.user_agent(str(context["SITEURL"])),
        seconds=seconds,
        allowed=fetch_settings.read_allowed_hosts(context, run.settings_shown),
        asked=asked,
        program=code_fingerprint((PACKAGE / "aggregator", PACKAGE / "ingest")),
    )
