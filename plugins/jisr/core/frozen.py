"""Dataclasses that are frozen for the type checker only: mypy, which checks every line, reports assignments to their fields.

At run time Python would set each field of a frozen dataclass through ``object.__setattr__``, which makes creating a value eight
times as expensive, and a build of 10,000 pages creates millions
(https://docs.python.org/3/library/dataclasses.html#frozen-instances). It would also compile each method of each class when a
process starts; here ``__init__`` alone is compiled, and the others read the fields with ``operator.attrgetter``.

A pickle has the values of a frozen one in the order of its fields, and reading calls the class with them: with their names, as
Python would write it, that takes twice as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ("dataclass",)

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter
    from reprlib import recursive_repr

    def dataclass(*, frozen: bool = False, eq: bool = True, order: bool = False, **options: Any) -> Any:
        """Return the decorator of a dataclass; values of a frozen one are hashed by their fields, or by its own ``__hash__``.

        >>> @dataclass(frozen=True, slots=True)
        ... class City:
        ...     name: str
        >>> City("هەولێر") == City("هەولێر"), len({City("هەولێر"), City("هەولێر")})
        (True, 1)
        """

        def decorate(cls: type) -> type:
            hashable = frozen and eq and "__hash__" not in vars(cls)
            own = set(vars(cls))
            if order:
                made = dataclasses.dataclass(eq=eq, order=True, unsafe_hash=hashable, **options)(cls)
                return _pickle_by_order(made, own) if frozen else made
            made = dataclasses.dataclass(eq=False, repr=False, **options)(cls)
            if "__repr__" not in own:
                made.__repr__ = _format
            if eq:
                _compare_by_fields(made, own, hashable=hashable)
            return _pickle_by_order(made, own) if frozen else made

        return decorate

    @recursive_repr()
    def _format(value: Any) -> str:
        shown = (f"{one.name}={getattr(value, one.name)!r}" for one in dataclasses.fields(value) if one.repr)
        return f"{type(value).__qualname__}({', '.join(shown)})"

    def _pickle_by_order(cls: type, own: set[str]) -> type:
        """Let values be pickled as a call of their class, where that takes all fields."""
        fields = dataclasses.fields(cls)
        if "__reduce__" not in own and len(fields) > 1 and all(one.init and not one.kw_only for one in fields):
            values_of = attrgetter(*(one.name for one in fields))
            cls.__reduce__ = lambda self: (self.__class__, values_of(self))
        return cls

    def _compare_by_fields(cls: type, own: set[str], *, hashable: bool) -> None:
        names = [one.name for one in dataclasses.fields(cls) if one.compare]
        values_of = attrgetter(*names) if names else lambda value: ()

        def is_equal(self: Any, other: Any) -> bool:
            return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

        def hash_fields(self: Any) -> int:
            return hash(values_of(self))

        if "__eq__" not in own:
            cls.__eq__ = is_equal
        if hashable or "__hash__" not in own:
            cls.__hash__ = hash_fields if hashable else None
