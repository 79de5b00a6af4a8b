"""The pictures of a site: what is known of each file, and the smaller pictures that are drawn of it for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from jisr.core.frozen import dataclass

WIDTHS = (480, 1000, 1600)
"""The widths that are drawn: for a phone with one device pixel for each of CSS, for other phones, for large screens."""
SHARED_WIDTH = 1200
"""The width of the picture that is shared: link previews, feeds, browsers that know no newer type."""
SHARED_SIZE = 300_000  # bytes; some hosts show no preview of a heavier one
_LEAST_STEP = 1.15  # a width that is hardly smaller than the picture itself saves nothing


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it lies beside a text: its sides as it is seen, turned as it says, and 0 where they are unknown."""

    type: str  # its media type
    width: int
    height: int
    size: int  # bytes, as it is published
    digest: str  # of its bytes
    moves: bool = False  # whether it is animated

    @property
    def can_be_drawn(self) -> bool:
        """Whether smaller ones can be drawn: drawings fit every width, and a film of pictures would stand still."""
        return bool(self.width and self.height) and not self.moves and self.type != "image/svg+xml"


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture that a build draws: where it is published, its media type, its sides, its size in bytes."""

    address: str
    type: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class DrawnSet:
    """What is drawn of one picture: ``shown`` in each type from the narrowest to the widest, and the one to share.

    Nothing is drawn where the picture itself serves as well, or cannot be read.
    """

    shown: tuple[DrawnPicture, ...] = ()
    shared: DrawnPicture | None = None
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a text shows: its file, where that is published, and what is drawn of it, if anything is."""

    source: str  # path of its file
    file: PictureFile
    original: DrawnPicture
    drawn: DrawnSet = DrawnSet()

    @property
    def shared(self) -> DrawnPicture:
        """The picture for feeds and old browsers."""
        return self.drawn.shared or self.original

    @property
    def all_drawn(self) -> tuple[DrawnPicture, ...]:
        """All that is drawn of it."""
        return (*self.drawn.shown, *filter(None, [self.drawn.shared]))

    @property
    def preview(self) -> DrawnPicture | None:
        """The picture for link previews, which no host takes wider or heavier; None where it would be."""
        return self.shared if can_be_shared(self.shared.type, self.shared.width, self.shared.size) else None

    def by_type(self) -> Iterator[tuple[str, tuple[DrawnPicture, ...]]]:
        """Return what is drawn in each media type, the one that browsers shall prefer first."""
        for media_type, group in groupby(self.drawn.shown, key=lambda one: one.type):
            yield media_type, tuple(group)

    def smallest(self) -> DrawnPicture | None:
        """Return the smallest that is drawn, of the type that more browsers know; None where none is narrower than others."""
        last = [group for _, group in self.by_type() if len(group) > 1][-1:]
        return last[0][0] if last else None


def unknown_picture(address: str) -> Picture:
    """Return a picture of which nothing is known but its address: its file is no picture that can be read."""
    return Picture("", PictureFile("", 0, 0, 0, ""), DrawnPicture(address, "", 0, 0, 0))


PictureDrawer = Callable[[Sequence[tuple[str, PictureFile]]], Iterable[DrawnSet]]
"""Returns what is drawn of pictures, each with the path of its file."""


def can_be_shared(media_type: str, width: int, size: int) -> bool:
    """Whether link previews and feeds can take a picture: of a type that all know, not too wide, not too heavy."""
    return media_type in ("image/jpeg", "image/png", "image/gif") and 0 < width <= SHARED_WIDTH and size <= SHARED_SIZE


def plan_sides(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Return the sides that a picture is drawn in, from the narrowest to the widest; none is wider than itself.

    >>> plan_sides(4000, 3000)
    ((480, 360), (1000, 750), (1600, 1200))
    >>> plan_sides(1050, 700), plan_sides(300, 200)
    (((480, 320), (1050, 700)), ((300, 200),))
    """
    widths = [one for one in WIDTHS if one * _LEAST_STEP <= width]
    if len(widths) < len(WIDTHS):
        widths.append(min(width, WIDTHS[-1]))
    return tuple((one, scale_height(one, width, height)) for one in widths)


def scale_height(new_width: int, width: int, height: int) -> int:
    """Return the height of a picture in another width."""
    return max(1, round(height * new_width / width))
