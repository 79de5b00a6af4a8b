"""What an editor is asked about a member's blog itself: where it is now, and whether its author agreed."""

from __future__ import annotations

from plugins.aggregate.memory import Memory
from plugins.aggregate.patches import with_feed
from plugins.aggregate.shelves import Proposal
from plugins.aggregate.values import Source


def of(source: Source, memory: Memory, text: str) -> tuple[Proposal, ...]:
    """Give what is asked of a member's file, each with the file as it could be; ``text`` is what it holds now."""
    found: list[Proposal] = []
    if memory.sightings and not memory.gone:
        seen = memory.sightings[-1]
        days = f"on {len(seen.days)} days, and is asked there now" if memory.is_move(seen.url) else f"on {seen.days[-1]}"
        said = f'"{memory.stated}" said that it moved for good to {seen.url} ({days}). Write feed: {seen.url}'
        found.append(Proposal("moved", source.member, source.path, f"{said}, if the blog is there.", with_feed(text, seen.url)))
    elif memory.address:
        said = f'The feed of "{memory.stated}" is {memory.address}. Write feed: {memory.address}'
        found.append(Proposal("found", source.member, source.path, f"{said}.", with_feed(text, memory.address)))
    if source.full and not source.consent:
        said = f'"{source.member}" is shown in full, and its file does not say since when its author agrees'
        found.append(Proposal("consent", source.member, source.path, f"{said}. Write consent: and the day."))
    return tuple(found)
