"""``jisr unfork``: a fork of the program's repository becomes a site that uses the package, as a difference to accept.

What the program had where the fork began is compared with what the fork has. What is the same is the program's and goes, with
its place taken by what a new site has; what differs is the network's own, and stays, or is told. Texts are not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from jisr.content.settings.template_overrides import RECORD, digest
from jisr.core.build.resources import THEME
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import UnknownLanguageError, build_languages
from jisr.editing.sites.file_changes import Change, apply_changes, format_change, merge_versions
from jisr.editing.sites.fork.repository import SETTINGS, ForkCommit, Repository, find_fork_point, open_repository
from jisr.editing.sites.fork.settings_conversion import ConvertedSettings, convert_settings
from jisr.editing.sites.fork.theme_conversion import (
    TEMPLATES,
    TOKENS,
    ForkedFile,
    convert_catalog,
    convert_colors,
    convert_template,
)
from jisr.editing.sites.site_folder import SiteOptions, own_files, program_files, vendored_wheels
from jisr.editing.sites.wheels import WheelError, wheel_problem

PUBLISHING = "publishconf.py"
_DOCUMENTS = (".md", ".gitignore", "CODEOWNERS", "LICENSE")  # what people write: kept where a fork changed it
_SHOWN = (SETTINGS, PUBLISHING, "themes/", "translations/", "overrides.json")


@dataclass(frozen=True, slots=True)
class UnforkOptions:
    """The folder of the fork, the commit it began at, whether to write, and what asks at a terminal, if there is one."""

    folder: str
    base: str = ""
    write: bool = False
    ask: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Fork:
    """A fork: its clone, where it began, its files then and now, each with its digest."""

    repository: Repository
    point: ForkCommit
    base: Mapping[str, str]
    present: Mapping[str, str]

    def pair(self, path: str) -> ForkedFile:
        """Return a file as it is and as it was."""
        present, base = (
            self.repository.read(commit, path) if path in files else None
            for commit, files in (("HEAD", self.present), (self.point.digest, self.base))
        )
        return ForkedFile(path, present, base)

    def is_changed(self, path: str) -> bool:
        """Whether a file is other than it was."""
        return self.present.get(path) != self.base.get(path)


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of the site by their paths, and what somebody should look at."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def convert_fork(
    options: UnforkOptions,
    today: date,
    report: Callable[[Iterable[Problem], MessageFormatter], None],
    formatter: MessageFormatter,
) -> bool:
    """Print what makes a site of a fork, and write it where that is wanted. Returns whether it was written.

    Raises ProblemsError where the folder is no fork, or its settings cannot be read.
    """
    folder, say = Path(options.folder), formatter.format
    repository = open_repository(folder, options.folder)
    point = find_fork_point(repository, options.base, options.folder)
    fork = Fork(repository, point, repository.list_files(point.digest), repository.list_files())
    text = 'The fork began at {digest} of {day}, "{subject}". If that is wrong, name the commit: --base 1a2b3c4'
    print(say(phrase(text, digest=point.digest[:12], day=point.day, subject=point.subject)))
    try:
        vendored = vendored_wheels()
    except WheelError as error:
        raise ProblemsError(wheel_problem(options.folder, error)) from None
    plan = plan_site(fork, vendored, today)
    changes = list(plan_changes(fork, plan))
    plan.problems.extend(_kept_beside(change.path) for change in changes if change.path.endswith(".new"))
    for change in changes:
        if change.after is not None and change.path.startswith(_SHOWN):
            before = None if _is_catalog(change.path) else change.before  # which had the words of the whole program
            print(format_change(replace(change, before=before)), end="")
    report(plan.problems, formatter)
    written, gone = (sum((one.after is None) == is_gone for one in changes) for is_gone in (False, True))
    text = "Files to write: {written}. Files of the program to take out: {gone}. The texts in {content} stay as they are."
    print(say(phrase(text, written=written, gone=gone, content="content/")))
    if not options.write and not (options.ask and options.ask("[y/N] ").strip().lower() in ("y", "yes")):
        print(say(phrase("Nothing was written. To write it: jisr unfork --yes")))
        return False
    apply_changes(folder, changes)
    print(
        say(phrase("The fork is a site now. Look at it with git diff and jisr check, then commit it: git add -A && git commit"))
    )
    return True


def plan_site(fork: Fork, vendored: Mapping[str, bytes], today: date) -> Plan:
    """Return the site that comes of a fork. Raises ProblemsError where its settings cannot be read."""
    plan = Plan()
    settings = _convert_settings(fork, plan)
    tags = _read_languages(settings)
    plan.files.update(program_files(tags, vendored))
    plan.files.update(_own_files(fork, settings, tags, today))
    _add_templates(fork, plan)
    _add_catalogs(fork, plan)
    _add_colors(fork, plan)
    plan.problems.extend(_unknown_changes(fork))
    plan.problems.extend(_sample_texts(fork))
    return plan


def _convert_settings(fork: Fork, plan: Plan) -> ConvertedSettings:
    """Add the settings of the site to the plan, and return those of all builds."""
    found = {}
    for path in (SETTINGS, PUBLISHING):
        pair = fork.pair(path)
        if pair.present is None:
            continue
        try:
            converted = convert_settings(path, pair.present.decode("utf-8"), (pair.base or b"").decode("utf-8", "replace"))
        except (SyntaxError, UnicodeDecodeError) as error:
            text = "The settings cannot be read: {reason}. Mend this line, or undo its last change."
            place = SourceLocation(path, getattr(error, "lineno", None) or 1)
            raise ProblemsError(Problem.error(place, "setting", text, reason=str(error))) from None
        plan.files[path] = converted.text.encode()
        plan.problems.extend(converted.problems)
        found[path] = converted
    return found[SETTINGS]


def _read_languages(settings: ConvertedSettings) -> tuple[str, ...]:
    """Return the tags of the site. Raises ProblemsError where they are no list of words, or one is unknown."""
    tags, registry = settings.values.get("LANGUAGES"), settings.values.get("LANGUAGE_REGISTRY")
    try:
        if isinstance(tags, tuple | list) and tags:
            return build_languages([str(tag) for tag in tags], registry if isinstance(registry, dict) else None).tags
    except (UnknownLanguageError, ValueError):
        pass
    text = 'The languages of the fork cannot be read. Write them as LANGUAGES = ("ar", "en").'
    raise ProblemsError(Problem.error(SourceLocation(SETTINGS), "setting", text))


def _own_files(fork: Fork, settings: ConvertedSettings, tags: Sequence[str], today: date) -> dict[str, bytes]:
    """Return the README and the tasks of a site, and the settings of publishing where the fork has none."""
    values = settings.values
    name, url = str(values.get("SITENAME") or "Site"), str(values.get("SITEURL") or "https://example.org")
    names = values.get("NETWORK_NAMES")
    kinds = values.get("KINDS")
    options = SiteOptions(
        str(names.get(tags[0]) or name) if isinstance(names, dict) else name,
        tags,
        url,
        tuple(map(str, kinds)) if isinstance(kinds, tuple | list) else (),
    )
    texts = [path for path in sorted(fork.present) if path.startswith("content/") and path.endswith(f"/index.{tags[0]}.md")]
    files = own_files(options, today)
    (example,) = (path for path in files if path.endswith(f"/index.{tags[0]}.md"))
    files["README.md"] = files["README.md"].replace(example.encode(), (texts or [example])[0].encode())
    wanted = {"README.md", "tasks.py", *(() if PUBLISHING in fork.present else (PUBLISHING,))}
    return {path: data for path, data in files.items() if path in wanted}


def _add_templates(fork: Fork, plan: Plan) -> None:
    """Add changed and own templates, and the record of their originals."""
    record = {}
    for path in sorted({*fork.base, *fork.present}):
        if path.startswith(TEMPLATES) and fork.is_changed(path):
            converted = convert_template(fork.pair(path))
            plan.files.update(converted.files)
            plan.problems.extend(converted.problems)
            if converted.overridden:
                record[converted.overridden] = digest(THEME / "templates" / converted.overridden)
    if record:
        plan.files[RECORD] = (json.dumps(record, indent=2) + "\n").encode()


def _add_catalogs(fork: Fork, plan: Plan) -> None:
    """Add the words that the fork has otherwise."""
    for path in sorted(fork.present):
        if _is_catalog(path) and fork.is_changed(path):
            converted = convert_catalog(fork.pair(path), path.split("/")[1])
            plan.files.update(converted.files)
            plan.problems.extend(converted.problems)


def _is_catalog(path: str) -> bool:
    return path.startswith("translations/") and path.endswith("/LC_MESSAGES/messages.po") and path.count("/") == 3


def _add_colors(fork: Fork, plan: Plan) -> None:
    """Add the colours that the fork chose to its settings."""
    if not fork.is_changed(TOKENS) or TOKENS not in fork.present:
        return
    chosen, more = convert_colors(fork.pair(TOKENS))
    if chosen:
        lines = "".join(f"    {json.dumps(role)}: {json.dumps(pair)},\n" for role, pair in chosen.items())
        lines = lines.replace("[", "(").replace("]", ")")
        plan.files[SETTINGS] = plan.files[SETTINGS].rstrip(b"\n") + f"\nCOLORS = {{\n{lines}}}\n".encode()
    if more:
        plan.problems.append(_changed_program(fork, TOKENS))


def _is_program(path: str) -> bool:
    """Whether a file of the program's repository is none of its sample network: all but the texts."""
    return not path.startswith("content/") or (path.count("/") == 1 and path.endswith(".md"))


def _unknown_changes(fork: Fork) -> Iterator[Problem]:
    """Return a warning for each change of the program that a site has no place for, and for own code beside it."""
    understood = (TEMPLATES, SETTINGS, PUBLISHING, TOKENS)
    for path in sorted({*fork.base, *fork.present}):
        if (
            path not in fork.present
            or not _is_program(path)
            or not fork.is_changed(path)
            or path.startswith(understood)
            or _is_catalog(path)
        ):
            continue
        if path in fork.base and not path.endswith(_DOCUMENTS):
            yield _changed_program(fork, path)
        elif path not in fork.base and path.startswith(
            ("plugins/", "themes/", "tests/", ".ci/", ".github/", ".forgejo/", ".woodpecker/")
        ):
            text = (
                '"{path}" is of this fork alone, and was made for the program as it was: it stays. Look whether it still works.'
            )
            yield Problem.warning(SourceLocation(path), "fork", text, path=path)


def _changed_program(fork: Fork, path: str) -> Problem:
    text = '"{path}" was changed here: a site has no place for that. To see what you had: git diff {commit} {head} -- {path}'
    head = fork.repository.ask("rev-parse", "--short=12", "HEAD").strip()
    return Problem.warning(SourceLocation(path), "fork", text, path=path, commit=fork.point.digest[:12], head=head)


def _kept_beside(path: str) -> Problem:
    own = path.removesuffix(".new")
    text = '"{path}" was left as you have it. What a site has there is in {new}: take over what you want, and delete it.'
    return Problem.warning(SourceLocation(own), "fork", text, path=own, new=path)


def _sample_texts(fork: Fork) -> Iterator[Problem]:
    """Return a warning where texts of the sample network are still there."""
    left = [path for path in fork.present if not _is_program(path) and not fork.is_changed(path)]
    if left:
        text = "Files that are still those of the sample network: {number}, as {example}. Delete what is none of yours."
        yield Problem.warning(SourceLocation("content"), "fork", text, number=len(left), example=sorted(left)[0])


def plan_changes(fork: Fork, plan: Plan) -> Iterator[Change]:
    """Return the changes of the fork's files: what a site has is written, what was the program's and is no document goes."""
    for path, after in sorted(plan.files.items()):
        yield from _place(fork, path, after)
    for path in sorted(fork.present):
        is_own = path not in fork.base or (fork.is_changed(path) and path.endswith(_DOCUMENTS))
        is_moved = path.startswith(TEMPLATES) or _is_catalog(path)
        if path not in plan.files and _is_program(path) and (not is_own or is_moved):
            yield Change(path, b"", None)


def _place(fork: Fork, path: str, after: bytes) -> Iterator[Change]:
    """Return the change that brings a file of the site; beside a changed document, or what git does not know, as ``.new``."""
    file = fork.repository.folder / path
    before = file.read_bytes() if file.is_file() else None
    merged: bytes | None = after
    if path in fork.present and fork.is_changed(path) and path.endswith(_DOCUMENTS):
        merged = merge_versions(before or b"", fork.pair(path).base or b"", after)
    elif before not in (None, after) and path not in fork.present:
        merged = None
    if merged is None:
        yield Change(f"{path}.new", None, after)
    elif merged != before:
        yield Change(path, before, merged)
