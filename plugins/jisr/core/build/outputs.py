"""What a feature hands to the writer: pages to render, files to write, files to copy."""

from __future__ import annotations

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class PageOutput:
    """A page: its address, the template and the view that it is a pure function of."""

    address: str
    template: str
    view: object


@dataclass(frozen=True, slots=True)
class FileOutput:
    """A file whose bytes are known."""

    address: str
    data: bytes | bytearray
    shows: tuple[str, ...] = ()  # the paths of the texts whose words stand in it


@dataclass(frozen=True, slots=True)
class CopyOutput:
    """A file that is copied as it is."""

    address: str
    source: str


Output = PageOutput | FileOutput | CopyOutput
