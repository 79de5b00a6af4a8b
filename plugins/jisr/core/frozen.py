"""Dataclasses that are frozen for the type checker only: mypy, which checks every line, reports assignments to their fields.

At run time Python would set each field of a frozen dataclass through ``object.__setattr__``, which makes creating a value eight
times as expensive, and a build of 10,000 pages creates millions
(https://docs.python.org/3/library/dataclasses.html#frozen-instances).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ("dataclass",)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, eq: bool = True, **options: Any) -> Any:
        """Return the decorator of a dataclass; values of a frozen one are hashed by their fields, or by its own ``__hash__``.

        >>> @dataclass(frozen=True, slots=True)
        ... class City:
        ...     name: str
        >>> City("هەولێر") == City("هەولێر"), len({City("هەولێر"), City("هەولێر")})
        (True, 1)
        """

        def decorate(cls: type) -> type:
            hashable = frozen and eq and "__hash__" not in vars(cls)
            return dataclasses.dataclass(eq=eq, unsafe_hash=hashable, **options)(cls)

        return decorate
