"""``inv publish``: build, check, switch over; and roll back."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jisr.content.read.redirects import read_redirects
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
from jisr.publishing.integrity.unlisted import find_unlisted_files
from jisr.publishing.server_config.nginx_caddy import SNIPPETS, read_server_settings
from jisr.publishing.server_config.redirect_rules import find_redirects, merge_redirects
from jisr.publishing.targets import local, rclone, rsync
from jisr.publishing.targets.target import PublishTarget, parse_publish_setting

Settings = Mapping[str, Any]


def approve(folder: Path, settings: Settings, display_path: str, site: Site) -> Iterator[Problem]:
    """Return the problems of a built site; seal its folder if there is no error. ``display_path`` is its path in messages."""
    problems = check_site(folder, settings["SITEURL"], display_path)
    problems += relocate_problems(display_path, check_drafts(site, SiteFiles.from_folder(folder)))
    if settings.get("CHECK_HTML", True) and (command := find_checker()):
        problems += relocate_problems(display_path, check_html(folder, command))
    problems += find_lost_addresses(folder, settings, site)
    if not any(problem.severity == "error" for problem in problems):
        public = str(settings.get("SIGNED_BY", ""))
        try:
            server = read_server_settings(settings, _setting_place(settings, "PRECOMPRESSED"))
            compress(folder, server.precompressed, _setting_place(settings, "PRECOMPRESSED"))
            key = read_signing_key(os.environ, public, _setting_place(settings, "SIGNED_BY"))
            tags = server.tags if server.redirects_by_language else ()
            seal(folder, settings["SITEURL"], public, key, tags, find_unlisted_files(site), _stated_redirects(site))
        except ProblemsError as error:
            problems += error.problems
    yield from problems


def _stated_redirects(site: Site) -> list[tuple[str, str]]:
    """Return the old addresses of redirects.yaml, each with the address that it leads to."""
    return [(old, f"/{target}") for entries in site.redirects.values() for old, target in entries]


def find_lost_addresses(folder: Path, settings: Settings, site: Site) -> Iterator[Problem]:
    """Return a problem for each address that was published before and that a built folder has no more."""
    ledger = _ledger_path(settings)
    if ledger.is_file():
        yield from url_ledger.check_ledger(ledger.read_text("utf-8"), _list_paths(folder), os.path.relpath(ledger), site)


def publish(context: CommandContext) -> int:
    """Build the site and publish it to the target of PUBLISH. Returns 0, or 1 where a problem prevented publishing.

    Raises ProblemsError where PUBLISH is invalid, or the target cannot be written.
    """
    settings, formatter = context.settings, context.formatter
    target = read_publish_target(settings)
    if settings.get("SIGNED_BY") and not os.environ.get(minisign.KEY_VARIABLE):
        text = "SIGNED_BY says that the site is signed, and {name} holds no key. Put it there, or take SIGNED_BY out."
        raise ProblemsError(Problem.error(_setting_place(settings, "SIGNED_BY"), "sign", text, name=minisign.KEY_VARIABLE))
    if code := context.build(None):
        return code
    output = Path(settings["OUTPUT_PATH"])
    try:
        outcome = _send(output, target, settings)
    except OSError as error:
        text = '"{path}" cannot be written: {reason}. What was published before is still there.'
        path = error.filename2 or error.filename or output
        reason = parse_reason(error.strerror or error)
        raise ProblemsError(Problem.error(SourceLocation(str(path)), "publish", text, path=path, reason=reason)) from None
    new_count = _update_ledger(_ledger_path(settings), _list_paths(output))
    print(formatter.format(phrase("Published {what}.", what=outcome)))
    if new_count:
        text = "{book} has {count} new addresses: commit it with the texts."
        print(formatter.format(phrase(text, book=os.path.relpath(_ledger_path(settings)), count=new_count)))
    return 0


def roll_back(context: CommandContext) -> int:
    """Serve the previous release again. Raises ProblemsError where there is none, or the target keeps no releases."""
    settings = context.settings
    target = read_publish_target(settings)
    if target.kind == "folder":
        name = local.roll_back(_resolve_path(target.folder, settings))
    elif target.kind == "rsync":
        name = rsync.roll_back(target, _setting_place(settings))
    else:
        text = 'The target "{target}" keeps no releases. Publish an older commit instead.'
        raise ProblemsError(Problem.error(_setting_place(settings), "publish", text, target=target.kind))
    print(context.formatter.format(phrase("Serving release {name} again.", name=name)))
    return 0


def print_snippet(context: CommandContext, snippet: str) -> int:
    """Print the configuration snippet of a server. Returns 0. Raises ProblemsError where there is none for that server."""
    settings = context.settings
    if snippet not in SNIPPETS:
        text = '"{server}" is no server that is known here. Name one of: {known}.'
        problem = Problem.error(SourceLocation("--snippets"), "publish", text, server=snippet, known=", ".join(SNIPPETS))
        raise ProblemsError(problem)
    server = read_server_settings(settings, _setting_place(settings, "PRECOMPRESSED"))
    stated = [(one.address, unquote(one.target)) for one in read_redirects(Path(settings["PATH"]), settings["PATH"])[0]]
    redirects = merge_redirects(find_redirects(Path(settings["OUTPUT_PATH"]), settings["SITEURL"]), stated)
    queries = tuple(one for one in stated if "?" in one[0])
    print(SNIPPETS[snippet](replace(server, redirects=redirects, queries=queries)), end="")
    return 0


def create_key_file(file: Path, formatter: MessageFormatter) -> int:
    """Create a key for signatures, and write its secret part into a new file that only its owner may read. Returns 0.

    Raises ProblemsError where the file exists, or cannot be created.
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
    print(formatter.format(phrase(text, file=file, name=minisign.KEY_VARIABLE)))
    print(formatter.format(phrase("Keep that file where nobody else comes, and in no repository.")))
    return 0


def read_publish_target(settings: Settings) -> PublishTarget:
    """Return the target that PUBLISH states. Raises ProblemsError with all its problems."""
    if settings.get("DRAFTS"):
        text = "DRAFTS is set, and readers must not see drafts. Take it out of the settings."
        raise ProblemsError(Problem.error(_setting_place(settings, "DRAFTS"), "setting", text))
    return parse_publish_setting(settings.get("PUBLISH", {}), _setting_place(settings))


def _send(output: Path, target: PublishTarget, settings: Settings) -> Phrase:
    """Send the output to the target, and return a description of what was published."""
    if target.kind == "folder":
        folder = _resolve_path(target.folder, settings)
        name = local.publish(output, folder, target.keep)
        return phrase("release {name} in {folder}", name=name, folder=folder / local.CURRENT)
    if target.kind == "rsync":
        name = rsync.publish(output, target, _setting_place(settings))
        return phrase("release {name} on {host}", name=name, host=target.host)
    if target.kind == "rclone":
        plan = rclone.publish(output, target, _setting_place(settings))
        changed = phrase("{count} changed files", count=sum(map(len, plan.stages)))
        text = "{files} to {place}, and removed {removed}"
        return phrase(text, files=changed, place=target.remote, removed=len(plan.deletions))
    return phrase("to {folder}, for a host to take", folder=os.path.relpath(output))


def _update_ledger(ledger: Path, paths: list[str]) -> int:
    """Add the addresses of a published site to the ledger, and return the number of new ones."""
    addresses = url_ledger.parse_ledger(ledger.read_text("utf-8")) if ledger.is_file() else {}
    added = set(url_ledger.lasting_addresses(paths)) - addresses.keys()
    if added:
        temporary = ledger.with_name(f".{ledger.name}-{os.getpid()}")
        temporary.write_text(url_ledger.format_ledger(addresses.keys() | added), "utf-8")
        temporary.replace(ledger)
    return len(added)


def _list_paths(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in list_files(folder)]


def _ledger_path(settings: Settings) -> Path:
    return _resolve_path(read_publish_target(settings).ledger, settings)


def _resolve_path(path: str, settings: Settings) -> Path:
    """Return a path of PUBLISH; a relative one is below the folder of the settings file."""
    return Path(settings["SETTINGS_SHOWN"]).absolute().parent / Path(path).expanduser()


def _setting_place(settings: Settings, name: str = "PUBLISH") -> SourceLocation:
    """Return the location of a setting in the settings file, or its first line."""
    path = settings["SETTINGS_SHOWN"]
    lines = Path(path).read_text("utf-8").splitlines()
    return SourceLocation(path, next((number for number, line in enumerate(lines, 1) if line.startswith(name)), 1))
