"""Commands of ``tasks.py``: help for their options, and exit codes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import invoke

if TYPE_CHECKING:  # a build of an unchanged site imports little
    from jisr.build.options import Options
    from jisr.core.build.build_context import BuildContext

# Help for an option, where its command has no other.
OPTION_HELP = {
    "content": "the folder of the texts",
    "lang": "likewise: the language of messages",
    "name": "the name of the network or organisation",
    "output": "the folder that the site is written to; a good build replaces whatever is in it",
    "path": "the file or folder of a text, or kind/id",
    "say": "the language of messages: en, ar, ckb, kmr or fr",
    "settings": "the settings file",
    "siteurl": "the address that the site will be served at",
}


def task(name: str | None = None, positional: list[str] | None = None, **own: str) -> Callable[[Any], Any]:
    """Return a decorator that makes a function a command; ``own`` has the help for its own options, OPTION_HELP for others.

    Raises KeyError where an option has no help.
    """

    def decorator(function: Any) -> Any:
        options = list(inspect.signature(function).parameters)[1:]
        help_texts = {option: own[option] if option in own else OPTION_HELP[option] for option in options}
        return invoke.task(function, name=name, positional=positional, help=help_texts)

    return decorator


def exit_with(code: int) -> None:
    """End with an exit code; 0 goes on. Raises invoke.Exit."""
    if code:
        raise invoke.Exit(code=code)


def run_on_site(options: Options, answer: Callable[[BuildContext], int]) -> None:
    """Read all texts, and end with the exit code of ``answer``. Raises invoke.Exit."""
    from jisr.cli import commands

    exit_with(commands.run_with_site(options, answer))
