"""Commands of ``tasks.py``: help for their options, and exit codes."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
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


class SiteTask(invoke.Task):  # type: ignore[type-arg]
    """A command that may do without its positional arguments, where they have a default: invoke has none of that kind."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[invoke.Argument]:
        """Return its arguments; one with a default has no place among the words where the command line has no word for it."""
        arguments: list[invoke.Argument] = super().get_arguments(ignore_unknown_help)
        flags = {flag for one in arguments if one.takes_value for flag in map(_flag, one.names)}
        is_stated = _has_word(sys.argv, self.name, flags)
        for argument in (one for one in arguments if one.positional and one.default is not None):
            argument.positional, argument.default = is_stated, None if is_stated else argument.default
        return arguments


def _flag(name: str) -> str:
    return f"-{name}" if len(name) == 1 else f"--{name.replace('_', '-')}"


def _has_word(words: Sequence[str], command: str, flags: set[str]) -> bool:
    """Whether a word follows a command that is neither an option nor the value of one of the flags.

    >>> _has_word(["inv", "status", "--lang", "ar"], "status", {"--lang"})
    False
    >>> _has_word(["inv", "status", "--diff", "news/2026-x"], "status", {"--lang"})
    True
    """
    rest = list(words[words.index(command) + 1 :]) if command in words else []
    return any(not word.startswith("-") and before not in flags for before, word in zip(["", *rest], rest, strict=False))


def task(name: str | None = None, positional: list[str] | None = None, **own: str) -> Callable[[Any], Any]:
    """Return a decorator that makes a function a command; ``own`` has the help for its own options, OPTION_HELP for others.

    Raises KeyError where an option has no help.
    """

    def decorator(function: Any) -> Any:
        options = list(inspect.signature(function).parameters)[1:]
        help_texts = {option: own[option] if option in own else OPTION_HELP[option] for option in options}
        return invoke.task(function, klass=SiteTask, name=name, positional=positional, help=help_texts)

    return decorator


def exit_with(code: int) -> None:
    """End with an exit code; 0 goes on. Raises invoke.Exit."""
    if code:
        raise invoke.Exit(code=code)


def ask_at_terminal(question: str) -> str:
    """Return what somebody answers, nothing where the input ends."""
    try:
        return input(question)
    except EOFError:
        print()
        return ""


def run_on_site(options: Options, answer: Callable[[BuildContext], int]) -> None:
    """Read all texts, and end with the exit code of ``answer``. Raises invoke.Exit."""
    from jisr.cli import commands

    exit_with(commands.run_with_site(options, answer))
