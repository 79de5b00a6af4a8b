"""Commands run in this process as a shell runs them: in a folder, with an environment, to an exit code and two streams.

Nine tenths of the time of a small command are Python's start and imports. A command that runs here leaves nothing to the
next one: the modules of its settings, the receivers of signals, the environment and all else that it sets are put back.
"""

from __future__ import annotations

import gc
import importlib
import io
import locale
import logging
import os
import runpy
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Modules in these folders are the same for all commands; any other belongs to one site or one task file.
PACKAGES = [path for path in sys.path if path.endswith("-packages")]  # an environment may borrow those of another
FOLDERS = (sys.prefix, sys.base_prefix, str(Path(sys.prefix).resolve()), str(ROOT / "plugins"), *PACKAGES)
SHARED = tuple(f"{one}{os.sep}" for one in FOLDERS)
TESTS = f"{ROOT / 'tests'}{os.sep}"
SETTINGS = ("conf.py", "network.py", "paged.py", "settings.py")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGPROF)
TABLES = ("receivers", "_by_receiver", "_by_sender", "_weak_senders")  # of a signal of Blinker


def engine(*words: str, folder: Path, environment: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """Run ``python -m jisr.cli`` with these words."""
    from jisr.cli.__main__ import main

    return call(["jisr.cli", *words], main, folder, environment)


def inv(*words: str, folder: Path, environment: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """Run ``inv`` with these words, which name the folder of ``tasks.py`` where it is not that of the site."""

    def main() -> None:
        from invoke import Program

        Program(version="").run(["inv", *words])

    return call(["inv", *words], main, folder, environment)


def module(name: str, *words: str, folder: Path, environment: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """Run ``python -m`` a module with these words."""

    def main() -> None:
        runpy.run_module(name, run_name="__main__", alter_sys=True)

    return call([name, *words], main, folder, environment)


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment of the tests without what a workflow or a person who debugs adds to it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GITHUB_ACTIONS", "JISR_DEBUG")}
    return {**kept, **more}


def call(
    words: list[str], main: Callable[[], int | None], folder: Path, environment: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a function as the process of a command with these words does, and return its exit code and what it wrote."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", errors, write_through=True) for errors in ("strict", "backslashreplace")]
    with _put_back(), redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        sys.argv = list(words)
        sys.path[:0] = [str(folder)]
        _change_environment(os.environ if environment is None else environment)
        os.chdir(folder)
        code = _code(main)
    texts = []
    for stream in streams:
        stream.flush()
        binary = stream.buffer
        assert isinstance(binary, io.BytesIO)
        texts.append(binary.getvalue().decode("utf-8"))
    return CompletedProcess(words, code, *texts)


def _code(main: Callable[[], int | None]) -> int:
    """Return the exit code that Python would end with; what ends a process with a traceback writes it to the error stream."""
    try:
        return int(main() or 0)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return int(end.code or 0)
    except Exception:  # noqa: BLE001 (whatever it is, a process shows it and ends with 1)
        traceback.print_exc()
        return 1


@contextmanager
def _put_back() -> Iterator[None]:
    """Let a command find what a new process finds, and afterwards put back whatever it may have changed."""
    with ExitStack() as kept, warnings.catch_warnings():
        for keep in (_paths, _modules, _receivers, _loggers, _machine):
            kept.enter_context(keep())
        yield


@contextmanager
def _paths() -> Iterator[None]:
    before = list(sys.path), list(sys.argv), Path.cwd(), dict(os.environ), set(sys.path_importer_cache)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:], sys.argv = before[0], before[1]
        os.chdir(before[2])
        _change_environment(before[3])
        for path in set(sys.path_importer_cache) - before[4]:
            del sys.path_importer_cache[path]


def _change_environment(environment: Mapping[str, str]) -> None:
    """Set the environment of this process, the time zone included."""
    wanted, zone = dict(environment), os.environ.get("TZ")
    if wanted == os.environ:
        return
    os.environ.clear()
    os.environ.update(wanted)
    if wanted.get("TZ") != zone:
        time.tzset()


@contextmanager
def _modules() -> Iterator[None]:
    """Set the modules of sites and settings aside, so that a command imports its own."""
    before = dict(sys.modules)
    for name in [name for name, one in before.items() if not _is_shared(one)]:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in [name for name, one in sys.modules.items() if not _is_shared(one)]:
            del sys.modules[name]
        sys.modules.update(before)


def _is_shared(one: ModuleType | None) -> bool:
    """Whether a module is the same for all commands; None stands for one that settings forbid to import.

    Invoke takes the help of a task out of it when it reads a command line: each command has its own tasks.
    """
    if one is None or one.__name__ == "jisr.cli.site_tasks":
        return False
    file = getattr(one, "__file__", None)
    if not isinstance(file, str) or file.startswith(SHARED):
        return True
    return file.startswith(TESTS) and not file.endswith(SETTINGS)


@contextmanager
def _receivers() -> Iterator[None]:
    """Let no plugin of another site hear of this one: Pelican's signals are global, and plugins are never disconnected."""
    from blinker import Signal
    from pelican.plugins import signals

    known = [one for one in vars(signals).values() if isinstance(one, Signal)]
    before: list[tuple[Signal, dict[str, Any]]] = [(one, {name: getattr(one, name) for name in TABLES}) for one in known]
    for one, tables in before:
        for name, table in tables.items():
            setattr(one, name, _emptied(table))
    try:
        yield
    finally:
        for one, tables in before:
            for name, table in tables.items():
                setattr(one, name, table)


def _emptied(table: Any) -> Any:
    empty = table.copy()
    empty.clear()
    return empty


@contextmanager
def _loggers() -> Iterator[None]:
    """Let warnings that are logged reach the error stream, as where no test listens."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    root.handlers[:] = []
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])


@contextmanager
def _machine() -> Iterator[None]:
    """Keep what a command sets of Python itself: thresholds, handlers of signals of the system, the locale."""
    before = gc.get_threshold(), {number: signal.getsignal(number) for number in SIGNALS}, locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        gc.set_threshold(*before[0])
        for number, handler in before[1].items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        if locale.setlocale(locale.LC_ALL) != before[2]:
            locale.setlocale(locale.LC_ALL, before[2])
