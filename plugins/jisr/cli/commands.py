"""The commands and what they share, each a function that returns its exit code."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisr.build.console.message_languages import formatter_from_settings
from jisr.build.console.problem_report import report
from jisr.build.guarded_run import requested_formatter, run_with_settings
from jisr.build.options import Options
from jisr.build.settings_file import load_settings, make_content_folder
from jisr.core.build.build_context import BuildContext, CommandContext
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import ProblemsError

if TYPE_CHECKING:
    from jisr.editing.receive.receive_command import ReceiveOptions


def check(options: Options) -> int:
    """Read and check everything, and write nothing. Whatever is incomplete is an error here. Returns the exit code."""

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        Jisr({**settings, **_with_publishing(settings)}).run()
        return 0

    return run_with_settings(options, {"CHECK_ONLY": True, "STRICT": True}, work)


def preview(options: Options, pack: Callable[[Path, MessageFormatter], int], since: str = "") -> int:
    """Build the site with its drafts and links that open from a folder, and pack that folder. Returns the exit code.

    With a commit of git, what changed since is also one page, whose links lead to the published site.
    """

    def work(settings: dict[str, Any]) -> int:
        folder = Path(settings["OUTPUT_PATH"])
        stated = replace(options, siteurl=_public_address(options)) if since and options.siteurl is None else options
        built = build_site(stated, {"FROM_DISK": True, "DRAFTS": True})
        if built is None:
            return 1
        code = pack(folder, formatter_from_settings(settings))
        if not since:
            return code
        from jisr.outputs.offline.changed_texts import write_changed_texts

        return code or write_changed_texts(built, folder, folder.with_name(f"{folder.name}.html"), since)

    return run_with_settings(options, {}, work)


def _public_address(options: Options) -> str | None:
    """Return the address of the published site, where the settings of publishing have it."""
    file = Path(options.settings).with_name("publishconf.py")
    return load_settings(Options(str(file), options.content), {}).get("SITEURL") if file.is_file() else None


def run_without_site(options: Options, answer: Callable[[MessageFormatter], int]) -> int:
    """Return the exit code of ``answer``, which needs the language of messages alone; there may be no settings."""
    return run_with_settings(options, None, lambda settings: answer(formatter_from_settings(settings)))


def clean(options: Options) -> int:
    """Remove the output folder and the cache. Returns 0, also where there is neither."""
    formatter = ENGLISH
    try:
        formatter = requested_formatter(options)
        settings = load_settings(options, {})
        formatter = formatter_from_settings(settings)
        from jisr.build.files.atomic_swap import validate_output_folder

        output = Path(settings["OUTPUT_PATH"])
        validate_output_folder(output, settings)
    except ProblemsError as error:
        report(error.problems, formatter)
        return 1
    for folder in (output, Path(options.settings).resolve().parent / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def run_with_publishing_build(options: Options, answer: Callable[[CommandContext], int]) -> int:
    """Return the exit code of ``answer``, whose context builds the site as it is published: strict, checked and sealed."""

    def work(settings: dict[str, Any]) -> int:
        context = _command_context(options, settings, _with_publishing(settings))
        return answer(replace(context, build=lambda folder: _build_to_publish(options, settings, folder)))

    return run_with_settings(options, {}, work)


def _build_to_publish(options: Options, settings: dict[str, Any], folder: str | None) -> int:
    """Build the site as it is published, with the bundles that BUNDLES names. Returns the exit code.

    Pages name the sizes and checksums of bundles, which are made of pages: so the site is built once before, without them.
    """
    overrides = _with_publishing(settings)
    options = replace(options, output=folder or options.output)
    if not settings.get("BUNDLES"):
        return run_build(options, overrides)
    from jisr.outputs.offline.bundle_command import write_offers

    with tempfile.TemporaryDirectory(prefix="jisr-bundle-") as name:
        site, bundles = Path(name) / "site", Path(name) / "bundles"
        said, wrong = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(wrong):
            built = build_site(replace(options, output=str(site)), {"STRICT": True})
        if built is None:
            sys.stdout.write(said.getvalue())
            sys.stderr.write(wrong.getvalue())
            return 1
        write_offers(built, site, bundles)
        return run_build(options, {**overrides, "BUNDLE_FOLDER": str(bundles)})


def _with_publishing(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with which a build is strict and looks at what it built."""
    return {"STRICT": True, "PLUGINS": [*dict.fromkeys([*settings["PLUGINS"], "jisr.publishing"])]}


def run_with_build(options: Options, answer: Callable[[CommandContext], int]) -> int:
    """Return the exit code of ``answer``, whose context builds the site as ``inv build`` does."""
    return run_with_settings(options, {}, lambda settings: answer(_command_context(options, settings, {})))


def _command_context(options: Options, settings: dict[str, Any], overrides: dict[str, Any]) -> CommandContext:
    return CommandContext(
        settings,
        formatter_from_settings(settings),
        lambda folder: run_build(replace(options, output=folder or options.output), overrides),
        lambda folder: build_site(replace(options, output=folder), overrides),
    )


def run_build(options: Options, overrides: dict[str, Any]) -> int:
    """Build the whole site with some settings overridden, and save no manifest of it. Returns the exit code."""
    return 0 if build_site(options, overrides) is not None else 1


def build_site(options: Options, overrides: dict[str, Any]) -> BuildContext | None:
    """Build as ``run_build`` does, and return what the site was built from; None where that failed."""
    built: list[BuildContext] = []

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        jisr = Jisr(settings)
        jisr.run()
        built.append(jisr.build_context)
        return 0

    run_with_settings(options, overrides, work)
    return built[0] if built else None


def run_with_site(options: Options, answer: Callable[[BuildContext], int], drafts: bool = True) -> int:
    """Read all texts, drafts among them unless it is said, and return the exit code of ``answer``.

    Its context has no site where the settings allow none.
    """

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        return answer(Jisr(settings).read())

    return run_with_settings(replace(options, output=None), {"DRAFTS": drafts}, work)


def receive_mails(options: Options, request: ReceiveOptions) -> int:
    """Make proposals of mails. Returns the exit code; where a mail server asks, whatever fails is tried again later."""
    from jisr.editing.receive.receive_command import LATER, receive

    read = partial(run_with_site, options, drafts=False)
    code = read(lambda context: receive(context, request, read, report))
    return LATER if code and request.pipe else code


def run_with_public_site(options: Options, answer: Callable[[BuildContext], int]) -> int:
    """Read what the public may read, and return the exit code of ``answer``; 1 where a text has an error."""

    def work(settings: dict[str, Any]) -> int:
        from jisr.build.pelican_run import Jisr

        context = Jisr(settings).read()
        if context.problems.error_count:
            raise ProblemsError(*context.problems)
        return answer(context)

    return run_with_settings(options, {}, work)


def run_with_new_text(options: Options, answer: Callable[[BuildContext], int]) -> int:
    """Return the exit code of ``answer``, as ``run_with_site``; a folder of texts that is not there yet is made."""
    made = make_content_folder(options)
    code = run_with_site(options, answer)
    if made and code:
        made.rmdir()  # nothing was written into it
    return code
