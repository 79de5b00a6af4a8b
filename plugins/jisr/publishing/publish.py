"""``inv publish``: build, check, switch over; and back."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.model.site import Site
from jisr.publishing.checks import url_ledger
from jisr.publishing.checks.drafts import check_drafts
from jisr.publishing.checks.html_validity import check_html, find_checker
from jisr.publishing.checks.output_checks import SiteFiles, check_site, list_files, relocate_problems
from jisr.publishing.integrity import minisign
from jisr.publishing.integrity.precompress import compress
from jisr.publishing.integrity.seal import read_signing_key, seal
from jisr.publishing.server_config.nginx_caddy import SNIPPETS, read_server_settings
from jisr.publishing.server_config.redirect_rules import find_redirects
from jisr.publishing.targets import local, rclone, rsync
from jisr.publishing.targets.target import PublishTarget, parse_publish_setting

Settings = Mapping[str, Any]


def approve(folder: Path, settings: Settings, shown: str, site: Site) -> Iterator[Problem]:
    """Return what is wrong with the built folder of a site; seal it where nothing is. ``shown`` is what messages call it."""
    problems = check_site(folder, settings["SITEURL"], shown)
    problems += relocate_problems(shown, check_drafts(site, SiteFiles.from_folder(folder)))
    if settings.get("CHECK_HTML", True) and (command := find_checker()):
        problems += relocate_problems(shown, check_html(folder, command))
    book = _ledger_path(settings)
    if book.is_file():
        problems += url_ledger.check_ledger(book.read_text("utf-8"), _list_paths(folder), os.path.relpath(book))
    if not any(problem.severity == "error" for problem in problems):
        public = str(settings.get("SIGNED_BY", ""))
        try:
            front = read_server_settings(settings, _setting_place(settings, "PRECOMPRESSED"))
            compress(folder, front.precompressed, _setting_place(settings, "PRECOMPRESSED"))
            key = read_signing_key(os.environ, public, _setting_place(settings, "SIGNED_BY"))
            seal(folder, settings["SITEURL"], public, key, front.tags if front.redirects_by_language else ())
        except ProblemsError as error:
            problems += error.problems
    yield from problems


def publish(context: CommandContext) -> int:
    """Build the site and publish it to where PUBLISH says. Returns 0, or 1 where anything is wrong and nothing was published.

    Raises ProblemsError where PUBLISH is wrong, or the place cannot be written.
    """
    settings, voice = context.settings, context.formatter
    where = read_publish_target(settings)
    if settings.get("SIGNED_BY") and not os.environ.get(minisign.KEY_VARIABLE):
        text = "SIGNED_BY says that the site is signed, and {name} holds no key. Put it there, or take SIGNED_BY out."
        raise ProblemsError(Problem.error(_setting_place(settings, "SIGNED_BY"), "sign", text, name=minisign.KEY_VARIABLE))
    if code := context.build(None):
        return code
    output = Path(settings["OUTPUT_PATH"])
    try:
        told = _send(output, where, settings)
    except OSError as error:
        text = '"{path}" cannot be written: {reason}. What was published before is still there.'
        path = error.filename2 or error.filename or output
        why = parse_reason(error.strerror or error)
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "publish", text, path=path, reason=why)) from None
    fresh = _update_ledger(_ledger_path(settings), _list_paths(output))
    print(voice.format(phrase("Published {what}.", what=told)))
    if fresh:
        text = "{book} has {count} new addresses: commit it with the texts."
        print(voice.format(phrase(text, book=os.path.relpath(_ledger_path(settings)), count=fresh)))
    return 0


def roll_back(context: CommandContext) -> int:
    """Serve the release before the one that is served. Raises ProblemsError where there is none, or the target keeps none."""
    settings = context.settings
    where = read_publish_target(settings)
    if where.target in ("folder", "rsync"):
        here = where.target == "folder"
        name = (
            local.roll_back(_resolve_path(where.folder, settings)) if here else rsync.roll_back(where, _setting_place(settings))
        )
        print(context.formatter.format(phrase("Serving release {name} again.", name=name)))
        return 0
    text = 'The target "{target}" keeps no releases. Publish an older commit instead.'
    raise ProblemsError(Problem.error(_setting_place(settings), "publish", text, target=where.target))


def print_snippet(context: CommandContext, snippet: str) -> int:
    """Print what stands in the settings of a server. Returns 0. Raises ProblemsError where that server is not known."""
    settings = context.settings
    if snippet not in SNIPPETS:
        text = '"{server}" is no server that is known here. Name one of: {known}.'
        problem = Problem.error(SourceLocation("--snippets"), "publish", text, server=snippet, known=", ".join(SNIPPETS))
        raise ProblemsError(problem)
    front = read_server_settings(settings, _setting_place(settings, "PRECOMPRESSED"))
    built = find_redirects(Path(settings["OUTPUT_PATH"]), settings["SITEURL"])
    print(SNIPPETS[snippet](replace(front, redirects=built)), end="")
    return 0


def create_key_file(file: Path, voice: MessageFormatter) -> int:
    """Make a key for signatures: its secret half in a new file that only its owner may read. Returns 0.

    Raises ProblemsError where there is such a file, or it cannot be made.
    """
    if importlib.util.find_spec("cryptography") is None:
        text = "Signing needs cryptography, of the extra named sign: pip install -e '.[sign]'"
        raise ProblemsError(Problem.error(SourceLocation(str(file)), "sign", text))
    key = minisign.generate_key()
    try:
        file.touch(0o600, exist_ok=False)
        file.write_text(f"{key.secret}\n", "utf-8")
    except OSError as error:
        text = '"{path}" cannot be made: {reason}. A key is never written over: name another file with --file.'
        problem = Problem.error(SourceLocation(str(file)), "sign", text, path=file, reason=parse_reason(error.strerror))
        raise ProblemsError(problem) from None
    print(f'SIGNED_BY = "{key.public}"')
    text = "Write this line into publishconf.py, and put what {file} holds where publishing finds it as {name}."
    print(voice.format(phrase(text, file=file, name=minisign.KEY_VARIABLE)))
    print(voice.format(phrase("Keep that file where nobody else comes, and in no repository.")))
    return 0


def read_publish_target(settings: Settings) -> PublishTarget:
    """Return where the settings say to publish to. Raises ProblemsError with all that is wrong with PUBLISH."""
    if settings.get("DRAFTS"):
        text = "DRAFTS is set, and readers must not see drafts. Take it out of the settings."
        raise ProblemsError(Problem.error(_setting_place(settings, "DRAFTS"), "setting", text))
    return parse_publish_setting(settings.get("PUBLISH", {}), _setting_place(settings))


def _send(output: Path, where: PublishTarget, settings: Settings) -> Phrase:
    """Send the output to where it is served from, and say what and where that is."""
    if where.target == "folder":
        folder = _resolve_path(where.folder, settings)
        name = local.publish(output, folder, where.keep)
        return phrase("release {name} in {folder}", name=name, folder=folder / local.CURRENT)
    if where.target == "rsync":
        name = rsync.publish(output, where, _setting_place(settings))
        return phrase("release {name} on {host}", name=name, host=where.host)
    if where.target == "rclone":
        done = rclone.publish(output, where, _setting_place(settings))
        changed = phrase("{count} changed files", count=sum(map(len, done.stages)))
        text = "{files} to {place}, and removed {removed}"
        return phrase(text, files=changed, place=where.remote, removed=len(done.deletions))
    return phrase("to {folder}, for a host to take", folder=os.path.relpath(output))


def _update_ledger(book: Path, paths: list[str]) -> int:
    """Add the addresses of a published site to the ledger, and give how many are new."""
    known = url_ledger.parse_ledger(book.read_text("utf-8")) if book.is_file() else {}
    fresh = set(url_ledger.lasting_addresses(paths)) - known.keys()
    if fresh:
        aside = book.with_name(f".{book.name}-{os.getpid()}")
        aside.write_text(url_ledger.format_ledger(known.keys() | fresh), "utf-8")
        aside.replace(book)
    return len(fresh)


def _list_paths(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in list_files(folder)]


def _ledger_path(settings: Settings) -> Path:
    return _resolve_path(read_publish_target(settings).ledger, settings)


def _resolve_path(path: str, settings: Settings) -> Path:
    """Return a path of PUBLISH: below the folder of the settings file, where it is not absolute."""
    return Path(settings["SETTINGS_SHOWN"]).absolute().parent / Path(path).expanduser()


def _setting_place(settings: Settings, name: str = "PUBLISH") -> SourceLocation:
    """Return the line of the settings file that states a setting, or its first."""
    shown = settings["SETTINGS_SHOWN"]
    lines = Path(shown).read_text("utf-8").splitlines()
    return SourceLocation(shown, next((number for number, line in enumerate(lines, 1) if line.startswith(name)), 1))
