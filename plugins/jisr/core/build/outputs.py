"""The interfaces of outputs and of the writer of a build, and the contents that they pass: pages, bytes, parts, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Protocol, TypeVar

from jisr.core.build.build_context import BuildContext
from jisr.core.frozen import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, and the view that it is a pure function of."""

    template: str
    view: object


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a large file, by a name of its own: it is taken from the last output where it is as it was."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A copy of a file, or what ``read`` returns of it."""

    source: str
    read: Callable[[str], bytes] | None = None


Content = Page | bytes | bytearray | Sequence[bytes | Part] | FileCopy


class Writer(Protocol):
    """The writer of a build, as outputs see it. Several processes may write one site, each with a writer of its own."""

    def write(self, address: str, make: Callable[[], Content]) -> None:
        """Write an output, whose content ``make`` returns; Raises ProblemsError where its address is taken.

        ``make`` is not called where everything that it asked of the site in the last build has the same answer. So it asks
        nothing but the site, the catalogues and what settings and theme determine.
        """

    def claim(self, items: Sequence[T], *, are_pages: bool = False) -> Iterator[T]:
        """Return the items that this process writes; others write the rest.

        ``are_pages``: each item becomes a page, so that those of other processes count as progress, too.
        """


class Output:
    """The interface of a plugin to a build. A plugin subclasses it and overrides what it needs; each run has a new instance.

    A build calls ``offer_hooks`` of all outputs, then ``read`` of all, then ``write`` of all, each in the order of PLUGINS.
    """

    splits_work: ClassVar[bool] = False  # whether ``write`` asks the writer which items are those of its process

    def offer_hooks(self, context: BuildContext) -> None:
        """Set what other outputs call, in ``context.hooks``."""

    def read(self, context: BuildContext) -> None:
        """Read what the output needs beside the site, and add what is wrong with it to ``context.problems``.

        Raises ProblemsError where a build cannot go on.
        """

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Pass every page and file to the writer."""
