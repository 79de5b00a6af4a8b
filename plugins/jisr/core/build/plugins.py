"""How the package of a plugin declares its output and connects it to Pelican; nothing of the output is imported for that."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from jisr.core.frozen import dataclass

if TYPE_CHECKING:
    from jisr.core.build.build_context import BuildContext
    from jisr.core.build.outputs import Output


class FinishedBuild(Protocol):
    """The run that Pelican's signal ``finalized`` passes to plugins of this package: every file is written, none published."""

    plugin_names: list[str]
    output_path: str
    build_context: BuildContext


@dataclass(frozen=True, slots=True)
class OutputPlugin:
    """The declaration of a package in PLUGINS: the module and the class of its output. The package assigns it to ``OUTPUT``."""

    module: str
    class_name: str

    def load(self) -> type[Output]:
        """Import the class of the output."""
        output: type[Output] = vars(import_module(self.module))[self.class_name]
        return output

    def connect(self, signals: Any) -> None:
        """Connect the output to Pelican's signal of generators, once however often that is called."""
        signals.get_generators.connect(_receiver(self))


@cache  # signals know a receiver by its identity, and drop one that nothing else holds
def _receiver(plugin: OutputPlugin) -> Callable[[object], type[Output]]:
    def output_class(_pelican: object) -> type[Output]:
        return plugin.load()

    return output_class
