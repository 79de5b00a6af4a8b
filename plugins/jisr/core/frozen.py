"""Dataclasses whose values nothing changes: mypy, which reads every line, holds them frozen, and Python takes its word.

Python would set each field of a frozen one through ``object.__setattr__``, at eight times the cost of making a value, and a
build of 10,000 pages makes millions of them (https://docs.python.org/3/library/dataclasses.html#frozen-instances).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ("dataclass",)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, eq: bool = True, **stated: Any) -> Any:
        """Return what makes a class a dataclass; values of a frozen one are hashed by their fields, or as the class says.

        >>> @dataclass(frozen=True, slots=True)
        ... class City:
        ...     name: str
        >>> City("هەولێر") == City("هەولێر"), len({City("هەولێر"), City("هەولێر")})
        (True, 1)
        """

        def made(cls: type) -> type:
            hashed = frozen and eq and "__hash__" not in vars(cls)
            return dataclasses.dataclass(eq=eq, unsafe_hash=hashed, **stated)(cls)

        return made
