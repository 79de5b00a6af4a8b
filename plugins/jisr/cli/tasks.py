"""What makes a function of ``tasks.py`` a command: its options explained, stated as a value, and its end as an exit code."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import invoke

from jisr.build.options import Options

# What an option means, where its command says nothing else.
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
    """Return what makes a function a command; ``own`` explains the options that are its own, MEANING the others.

    Raises KeyError where an option is explained nowhere.
    """

    def made(function: Any) -> Any:
        options = list(inspect.signature(function).parameters)[1:]
        said = {option: own[option] if option in own else OPTION_HELP[option] for option in options}
        return invoke.task(function, name=name, positional=positional, help=said)

    return made


def build_options(
    settings: str, content: str | None = None, output: str | None = None, siteurl: str | None = None, say: str | None = None
) -> Options:
    """Return the options that all commands share as a value."""
    return Options(settings=settings, content=content, output=output, siteurl=siteurl, say=say)


def exit_with(code: int) -> None:
    """End with an exit code; 0 goes on. Raises invoke.Exit."""
    if code:
        raise invoke.Exit(code=code)


def run_on_site(options: Options, answer: Callable[[dict[str, Any]], int]) -> None:
    """Read all texts, and end with what ``answer`` makes of them."""
    from jisr.cli import commands

    exit_with(commands.ask(options, answer))
