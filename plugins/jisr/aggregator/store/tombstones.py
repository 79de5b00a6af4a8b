"""``removed.yaml``: the tombstones of the posts of a member that editors removed, so that no run writes them again."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from jisr.aggregator.model import Tombstone
from jisr.aggregator.store.post_serializer import normalize_line, quote_yaml

_FIELDS = ("guid", "original", "title", "day", "reason")
_FILE_HEADER = (
    "# Posts that were removed here. `inv fetch` does not bring them back; take an entry out to let a post in again.\n"
)


def parse_tombstones(text: str) -> tuple[Tombstone, ...]:
    """Return the tombstones of a file.

    Raises ValueError, with a reason for people, where it isn't a list of mappings.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        raise ValueError("it is not YAML") from None
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.MappingNode) for item in node.value):
        raise ValueError("it is not a list of posts, each with guid, original, title, day or reason")
    return tuple(_parse_tombstone(item) for item in node.value)


def _parse_tombstone(node: yaml.MappingNode) -> Tombstone:
    fields = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return Tombstone(**{name: str(fields[name]) for name in _FIELDS if name in fields})


def append_tombstones(text: str, tombstones: Iterable[Tombstone]) -> str:
    """Return the text of a file with more tombstones at its end; an editor's lines in it stay as they are.

    >>> print(append_tombstones("", [Tombstone("7", "", "بيان: 1", "2012-02-09", "Spam.")]).split("\\n", 1)[1], end="")
    - guid: "7"
      title: "بيان: 1"
      day: 2012-02-09
      reason: "Spam."
    """
    listed = set(parse_tombstones(text))
    head = text if text.strip() else _FILE_HEADER
    if head.strip() in ("[]", "---"):
        head = _FILE_HEADER
    entries = (_render_tombstone(tombstone) for tombstone in tombstones if tombstone not in listed)
    return "".join([head if head.endswith("\n") else f"{head}\n", *entries])


def _render_tombstone(tombstone: Tombstone) -> str:
    fields = [(name, normalize_line(getattr(tombstone, name))) for name in _FIELDS]
    rows = [f"{name}: {value if name == 'day' else quote_yaml(value)}" for name, value in fields if value]
    return "- " + "\n  ".join(rows) + "\n" if rows else ""
