"""Pictures of posts: those that the settings want are fetched and kept beside the post; a foreign one is never shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from plugins.aggregate.album import foreign, linked, placed, stem
from plugins.aggregate.desk import Desk
from plugins.aggregate.drawing import Drawn, redraw
from plugins.aggregate.fetching import Asking, fetch
from plugins.aggregate.shelves import Choice
from plugins.aggregate.values import Post, Source

MOST_OF_POST = 20
MOST_OF_RUN = 200


def illustrate(desk: Desk, choices: Mapping[str, Choice]) -> tuple[dict[str, Choice], dict[str, bytes]]:
    """Give the choices with pictures that lie beside their posts, and those files by their path below the content folder.

    What cannot be fetched or is no picture is linked. Where the settings want no pictures, or nothing is to be written, none
    is asked for.
    """
    posts = [post for choice in choices.values() for post in choice.posts]
    wanted = [url for post in posts for url in foreign(post.body)[:MOST_OF_POST]]
    names: dict[str, str] = {}
    data: dict[str, bytes] = {}
    if desk.network.pictures and not desk.asked.dry:
        for url, drawn in asyncio.run(_fetched(desk, list(dict.fromkeys(wanted))[:MOST_OF_RUN])).items():
            names[url] = f"{stem(url)}.{drawn.end}"
            data[url] = drawn.data
    files = {
        f"posts/{post.member}/{post.id}/{names[url]}": data[url] for post in posts for url in foreign(post.body) if url in names
    }
    found = {
        member: replace(choice, posts=tuple(_shown(post, names.values()) for post in choice.posts))
        for member, choice in choices.items()
    }
    return found, files


def _shown(post: Post, names: Iterable[str]) -> Post:
    return replace(post, body=linked(placed(post.body, names)))


async def _fetched(desk: Desk, urls: list[str]) -> dict[str, Drawn]:
    """Ask for pictures as blogs are asked, within the same limits, and draw each anew."""
    options = Asking(desk.network.now, desk.agent, desk.seconds, desk.allowed)
    found: dict[str, Drawn] = {}
    async for answer in fetch([Source(url, "", url) for url in urls], {}, options):
        if answer.body and (drawn := await redraw(answer.body)):
            found[answer.member] = drawn
    return found
