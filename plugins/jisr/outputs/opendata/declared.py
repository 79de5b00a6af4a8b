"""The fields of each kind that open data holds, from the declaration of the content model, and the order of their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jisr.core.model.site import Site
from jisr.core.schema.field_types import Field

# Keys of the first version of the data stay in their order, so that a file changes only where a text does; others follow.
TEXT_KEYS = (
    "kind id url title languages html text date modified expires summary authors topics workgroups answers licence source"
    " translation"
).split()
RECORD_KEYS = "id url name other_names site feed city organisations".split()


def data_fields(site: Site, kind: str) -> list[Field]:
    """Return the fields of a kind that its texts have in open data."""
    declared = site.kinds.get(kind)
    return [field for field in declared.fields if field.outputs.data] if declared else []


def record_fields(site: Site, kind: str) -> list[Field]:
    """Return the fields of a kind that the list of members, organisations or people has in open data."""
    declared = site.kinds.get(kind)
    return [field for field in declared.fields if field.outputs.record] if declared else []


def order_keys(values: Mapping[str, Any], first: Sequence[str]) -> dict[str, Any]:
    """Return values in the order of their keys: those in ``first`` as there, then the others by name."""
    keys = [*(key for key in first if key in values), *sorted(values.keys() - set(first))]
    return {key: values[key] for key in keys}
