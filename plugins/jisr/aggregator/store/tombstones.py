"""``removed.yaml``: the posts of a member that editors removed, so that no run brings them back."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from jisr.aggregator.post_model import Tombstone
from jisr.aggregator.store.front_matter_edit import normalize_line, quote_yaml

_FIELDS = ("guid", "original", "title", "day", "reason")
_FILE_HEADER = (
    "# Posts that were removed here. `inv fetch` does not bring them back; take an entry out to let a post in again.\n"
)


def parse_tombstones(text: str) -> tuple[Tombstone, ...]:
    """Return the removed posts that a file lists.

    Raises ValueError, with a reason for people, where it isn't a list of mappings.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        raise ValueError("it is not YAML") from None
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(one, yaml.MappingNode) for one in node.value):
        raise ValueError("it is not a list of posts, each with guid, original, title, day or reason")
    return tuple(_parse_tombstone(one) for one in node.value)


def _parse_tombstone(node: yaml.MappingNode) -> Tombstone:
    said = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return Tombstone(**{name: str(said[name]) for name in _FIELDS if name in said})


def append_tombstones(text: str, stones: Iterable[Tombstone]) -> str:
    """Return a file's text with more removed posts at its end; what an editor wrote in it stays as it is.

    >>> print(append_tombstones("", [Tombstone("7", "", "بيان: 1", "2012-02-09", "Spam.")]).split("\\n", 1)[1], end="")
    - guid: "7"
      title: "بيان: 1"
      day: 2012-02-09
      reason: "Spam."
    """
    there = set(parse_tombstones(text))
    begun = text if text.strip() else _FILE_HEADER
    if begun.strip() in ("[]", "---"):
        begun = _FILE_HEADER
    return "".join(
        [begun if begun.endswith("\n") else f"{begun}\n", *(_render_tombstone(one) for one in stones if one not in there)]
    )


def _render_tombstone(stone: Tombstone) -> str:
    said = [(name, normalize_line(getattr(stone, name))) for name in _FIELDS]
    rows = [f"{name}: {value if name == 'day' else quote_yaml(value)}" for name, value in said if value]
    return "- " + "\n  ".join(rows) + "\n" if rows else ""
