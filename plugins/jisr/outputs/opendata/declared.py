"""The fields of each kind that open data holds, from the declaration of the content model, and the order of their keys."""

from __future__ import annotations

from jisr.core.model.site import Site
from jisr.core.schema.field_types import Field

# Keys of the first version of the data stay in their order, so that a file changes only where a text does; others follow.
_TEXT_KEYS = (
    "kind id url title languages html text date modified expires summary authors topics workgroups answers licence source"
    " translation"
).split()
_RECORD_KEYS = "id url name other_names site feed city organisations".split()


def data_fields(site: Site, kind: str) -> list[Field]:
    """Return the fields of a kind that stand in its texts."""
    found = site.kinds.get(kind)
    return [field for field in found.fields if field.outputs.data] if found else []


def record_fields(site: Site, kind: str) -> list[Field]:
    """Return the fields of a kind that stand in the list of its members, organisations or people."""
    found = site.kinds.get(kind)
    return [field for field in found.fields if field.outputs.record] if found else []


def text_key_order(key: str) -> tuple[int, str]:
    """Return what the keys of a text are sorted by."""
    return (_TEXT_KEYS.index(key), "") if key in _TEXT_KEYS else (len(_TEXT_KEYS), key)


def record_key_order(key: str) -> tuple[int, str]:
    """Return what the keys of a member, organisation or person are sorted by."""
    return (_RECORD_KEYS.index(key), "") if key in _RECORD_KEYS else (len(_RECORD_KEYS), key)
