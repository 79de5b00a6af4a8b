"""Values of our dataclasses are compared, hashed, ordered and shown as those of the standard library."""

from __future__ import annotations

import pickle
from dataclasses import field, fields, replace

import pytest

from jisr.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A value with a field that does not count, and one that is not shown."""

    name: str
    near: tuple[Place, ...] = ()
    visits: int = field(default=0, compare=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A value without fields."""


@dataclass(slots=True)
class Count:
    """A value that changes."""

    number: int


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A value with an order."""

    number: int


@dataclass(frozen=True, slots=True)
class Named:
    """A value with an equality, a hash and words of its own."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and other.name.lower() == self.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(slots=True, eq=False)
class Worker:
    """A value that equals itself alone."""

    name: str


def test_values_are_equal_by_the_fields_that_count() -> None:
    """Values of one class with the same fields are equal and have one hash; those of another class are not equal."""
    hewler, again = Place("هەولێر", visits=1), Place("هەولێر", visits=2)
    assert (hewler == again, hash(hewler) == hash(again), hewler == Place("Hewlêr")) == (True, True, False)
    assert len({hewler, again, Place("هەولێر", (hewler,))}) == 2
    others: list[object] = [Place(""), 1, Step(1)]
    assert (Nothing() == Nothing(), Count(1) == Count(1), [Count(1) == one for one in others]) == (True, True, [False] * 3)


def test_only_frozen_values_have_a_hash() -> None:
    """A value that changes is no key: its hash would change with it."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(Count(1))
    assert hash(Step(1)) == hash(Step(1))


def test_own_methods_stay() -> None:
    """A class that has an equality, a hash or words of its own keeps them; one without equality has that of objects."""
    assert (Named("Ali") == Named("ali"), len({Named("Ali"), Named("ali")}), repr(Named("Ali"))) == (True, 1, "<Ali>")
    worker = Worker("Sara")
    assert (worker == Worker("Sara"), worker in {worker}) == (False, True)


def test_values_are_shown_with_their_fields() -> None:
    """The words of a value name its class and the fields that are shown."""
    assert repr(Place("دهۆک", (Place("زاخۆ"),), note="x")) == (
        "Place(name='دهۆک', near=(Place(name='زاخۆ', near=(), visits=0),), visits=0)"
    )
    assert (repr(Nothing()), repr(Count(2)), repr(Step(3))) == ("Nothing()", "Count(number=2)", "Step(number=3)")


def test_values_are_dataclasses() -> None:
    """They have fields, an order where it is asked for, and copies with other values."""
    assert [one.name for one in fields(Place)] == ["name", "near", "visits", "note"]
    assert (replace(Place("a"), name="b") == Place("b"), sorted([Step(2), Step(1)])) == (True, [Step(1), Step(2)])


def test_values_are_pickled_as_calls_of_their_class() -> None:
    """What comes out of a pickle equals what went in, in the fields that do not count, too; no field is named in it."""
    place = Place("ئاکرێ", (Place("عقرة", visits=3),), 2, "x")
    data = pickle.dumps(place)
    again = pickle.loads(data)
    assert (again, again.visits, again.near[0].visits, again.note) == (place, 2, 3, "x")
    assert b"visits" not in data
    for value in (Nothing(), Step(4), Named("Ali"), Count(1)):
        assert pickle.loads(pickle.dumps(value)) == value
