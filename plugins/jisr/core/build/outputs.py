"""The interfaces of outputs and of the writer of a build, and the values between them: pages, files, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Protocol, TypeVar

from jisr.core.build.build_context import BuildContext
from jisr.core.build.incremental import Change
from jisr.core.frozen import dataclass
from jisr.core.model.document import Document

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageOutput:
    """A page: its address, its template, and the view that it is a pure function of."""

    address: str
    template: str
    view: object


@dataclass(frozen=True, slots=True)
class FileOutput:
    """A file by its bytes."""

    address: str
    data: bytes | bytearray
    shows: tuple[str, ...] = ()  # the paths of the texts whose words are in it


@dataclass(frozen=True, slots=True)
class CopyOutput:
    """A copy of a file."""

    address: str
    source: str


Artifact = PageOutput | FileOutput | CopyOutput


class Writer(Protocol):
    """The writer of a build, as outputs see it. Several processes may write one site, each with a writer of its own."""

    def write(self, artifact: Artifact) -> None:
        """Write a page, a file or a copy. Raises ProblemsError where its address is taken."""

    def claim(self, items: Sequence[T], *, are_pages: bool = False) -> Iterator[T]:
        """Return the items that this process writes; others write the rest.

        ``are_pages``: each item becomes a page, so that those of other processes count as progress, too.
        """


class Output:
    """The interface of a plugin to a build. A plugin subclasses it and overrides what it needs; each run has a new instance.

    A whole build calls ``offer_hooks`` of all outputs, then ``read`` of all, then ``write`` of all, each in the order of
    PLUGINS. A build after the words of a text changed calls ``offer_hooks``, ``changed_pages`` and ``fragments``, of plugins
    that show words.
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

    def changed_pages(self, change: Change, context: BuildContext) -> Iterable[PageOutput]:
        """Return the pages that show words of a text that changed."""
        return ()

    def fragments(self, document: Document, context: BuildContext) -> Iterable[bytes]:
        """Return the passages of files that show a version of a text: as many before a change as after it.

        A build replaces those of the old version by those of the new one. Raises WholeBuildError where that is not enough.
        """
        return ()
