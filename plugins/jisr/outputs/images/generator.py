"""The generator of pictures: offers the drawer to the build, and writes what it drew."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jisr.content.drawing_cache import DrawingCache
from jisr.content.settings.settings import setting_place
from jisr.core.build.build_context import BuildContext
from jisr.core.build.outputs import Output, Writer
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.model.document import round_size
from jisr.core.model.pictures import SHARED_SIZE, Picture
from jisr.core.model.site import Site
from jisr.outputs.images import encoder
from jisr.outputs.images.drawer import KEPT_ENDINGS, Drawer, is_drawing

_HEAVY = (
    '"{name}" has {size} and is published as it is: smaller ones cannot be drawn here, since Pillow is missing. Install it '
    "(pip install -e '.[images]'), or save it with at most 300 kB."
)
_UNREADABLE = (
    '"{name}" cannot be drawn smaller: it is damaged, or too large to be read. Save it again as JPEG, with at most 8000 pixels '
    "on each side."
)


class ImagesGenerator(Output):
    """Keeps what is drawn in ``.cache/pictures/`` beside the settings: no picture is drawn twice."""

    splits_work = True

    def __init__(self) -> None:
        self.drawer: Drawer | None = None
        self.is_wanted = False

    def offer_hooks(self, context: BuildContext) -> None:
        """Let the build draw, where the settings and this machine allow it."""
        self.is_wanted = context.settings.get("PICTURES", True) is not False
        if self.is_wanted and encoder.can_draw():
            run = context.run
            folder = Path(run.settings_path).resolve().parent / ".cache" / "pictures"
            self.drawer = Drawer(DrawingCache(folder, run.clock or run.now, is_drawing, KEPT_ENDINGS))
            context.hooks.draw_pictures = self.drawer

    def read(self, context: BuildContext) -> None:
        """Tell which pictures go out as they are, and weigh much."""
        value = context.settings.get("PICTURES", True)
        if not isinstance(value, bool):
            text = '"{value}" says neither yes nor no. Write PICTURES = True or PICTURES = False.'
            context.problems.add(
                Problem.error(setting_place("PICTURES", context.run.settings_path), "setting", text, value=value)
            )
        if self.is_wanted and context.has_site:
            for address, picture in context.site.pictures.items():
                if problem := self._find_problem(address, picture, context):
                    context.problems.add(problem)

    def _find_problem(self, address: str, picture: Picture, context: BuildContext) -> Problem | None:
        name = address.rpartition("/")[2]
        place = SourceLocation(context.run.display_path(Path(picture.source)))
        if self.drawer is None and picture.file.size > SHARED_SIZE:
            number, unit = round_size(picture.file.size)
            return Problem.warning(place, "picture", _HEAVY, name=name, size=f"{number} {unit}")
        if picture.drawn.is_unreadable and not any(one.place.path == place.path for one in context.problems):
            return Problem.warning(place, "picture", _UNREADABLE, name=name)
        return None

    def write(self, context: BuildContext, writer: Writer) -> None:
        """Write all that was drawn."""
        if self.drawer is None:
            return
        drawn = {one: address for address, picture in context.site.pictures.items() for one in picture.all_drawn}
        for published, address in writer.claim(sorted((one.address, address) for one, address in drawn.items())):
            writer.write(published, partial(_read, published, address, context.site, self.drawer))


def _read(published: str, address: str, site: Site, drawer: Drawer) -> bytes:
    picture = site.pictures[address]
    wanted = next(one for one in picture.all_drawn if one.address == published)
    return drawer.read(picture.source, picture.file, wanted)
