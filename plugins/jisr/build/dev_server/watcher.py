"""``inv serve``: build, serve on this machine, watch, build again, and notify browsers."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from watchfiles import watch

from jisr.build.console.message_languages import formatter_from_settings
from jisr.build.console.problem_report import report
from jisr.build.dev_server.build_events import ReloadEvents
from jisr.build.dev_server.build_process import BuildProcess, start_build_process
from jisr.build.dev_server.http import PreviewServer
from jisr.build.guarded_run import requested_formatter
from jisr.build.options import Options
from jisr.build.settings_file import load_settings
from jisr.content.settings.look.own_files import list_own_files
from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.message_formatter import ENGLISH, MessageFormatter
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase

MAX_PORT_TRIES = 20
LAST_PORT = 65535


def serve(options: Options, port: str = "8000") -> int:
    """Serve the site until Ctrl-C or SIGTERM. Returns 0, or 1 where the settings are wrong or no port is free.

    A process of its own builds and keeps the site in memory; where plugins, settings or catalogues change, a new one begins.
    """
    formatter = ENGLISH
    try:
        formatter = requested_formatter(options)
        settings = load_settings(options, {})
        formatter = formatter_from_settings(settings)
        server = _bind_server(_parse_port(port), ReloadEvents(formatter))
        number = server.server_address[1]
        # Kept between previews, so that the next one begins where this one ends.
        output = Path(options.output or Path(options.settings).resolve().parent / ".cache" / f"preview-{number}").absolute()
        server.folder = output
        address = f"http://localhost:{number}"
        preview_options = replace(options, output=str(output), siteurl=options.siteurl or address, drafts=True)
        folders = (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])
        texts = tuple(Path(one).absolute() for one in folders)
        print(f"{address}/  {formatter.format(phrase('(Ctrl-C ends)'))}", flush=True)
        return _watch_and_build(server, preview_options, list(_watched_paths(settings, options)), texts, formatter)
    except ProblemsError as error:
        report(error.problems, formatter)
        return 1


def _parse_port(port: str) -> int:
    if port.isascii() and port.isdigit() and int(port) <= LAST_PORT:
        return int(port)
    text = '"{port}" is no port. Name a number up to {last} with --port.'
    raise ProblemsError(Problem.error(SourceLocation("serve"), "port", text, port=port, last=LAST_PORT))


def _bind_server(port: int, events: ReloadEvents) -> PreviewServer:
    """Return a server on the port, or on the next one that is free. Raises ProblemsError where none of them is."""
    for number in range(port, port + MAX_PORT_TRIES):
        try:
            return PreviewServer(number, Path(), events)
        except (OSError, OverflowError):
            continue
    text = "No port from {first} to {last} is free. Name another with --port."
    raise ProblemsError(Problem.error(SourceLocation("serve"), "port", text, first=port, last=port + MAX_PORT_TRIES - 1))


def _watched_paths(settings: dict[str, Any], options: Options) -> Iterator[Path]:
    """Return the files and folders that pages depend on: texts, theme, catalogues, code, settings."""
    sources = (str(settings["PATH"]), str(settings["THEME"]), str(settings.get("TRANSLATIONS", "")))
    folders = (*sources, *settings["THEME_TEMPLATES_OVERRIDES"], str(PACKAGE))
    yield from (path for folder in folders if (path := Path(folder)).is_dir())
    yield Path(options.settings).resolve()
    own = list_own_files(settings, Path(options.settings).resolve().parent)
    yield from (file for file in (*options.imported_settings, *own) if file.is_file())


def _watch_and_build(
    server: PreviewServer, options: Options, watched: list[Path], texts: tuple[Path, ...], formatter: MessageFormatter
) -> int:
    stop = threading.Event()

    def handle_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, handle_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    server_thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    server_thread.start()
    builder = _PreviewBuilder(options, server.events, formatter, texts)
    try:
        # The watch begins before the first build, so that files saved meanwhile count; its first answer is a time-out.
        batches = watch(
            *watched, stop_event=stop, debounce=100, step=10, rust_timeout=100, yield_on_timeout=True, raise_interrupt=False
        )
        for number, changes in enumerate(batches):
            if changes or number == 0:
                builder.build({path for _, path in changes})
    finally:
        builder.end()
        server.events.stop()
        server.shutdown()
        server.server_close()
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


@dataclass(slots=True)
class _PreviewBuilder:
    """Builds in a process that keeps the site in memory, and notifies browsers."""

    options: Options
    events: ReloadEvents
    formatter: MessageFormatter
    texts: tuple[Path, ...]  # folders whose files the process reads again; any other file is code, or the settings
    process: BuildProcess | None = None

    def build(self, changed: set[str]) -> None:
        """Bring the site up to date with some changed files; the last good site stays where that fails."""
        self.events.announce_building()
        if not all(any(map(Path(path).is_relative_to, self.texts)) for path in changed):
            self.end()
        self.process = self.process or start_build_process(self.options)
        result = self.process.build(changed, self.events.open_pages(), self._publish_open_pages)
        if result is None:
            self.end()
            self.events.publish(self.formatter.format(phrase("The build failed.")))
            return
        sys.stderr.write(result.problems)
        sys.stdout.write(result.output)
        sys.stdout.flush()
        if result.code:
            self.events.publish(result.problems or self.formatter.format(phrase("The build failed.")))
        else:
            self.events.publish("", result.changed)

    def _publish_open_pages(self, paths: list[str]) -> None:
        self.events.publish("", paths)
        self.events.announce_building()

    def end(self) -> None:
        """End the process."""
        if self.process:
            self.process.end()
        self.process = None
