"""Pictures of posts: those that the settings want are fetched and kept beside the post; a foreign one is never shown."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice, zip_longest

from jisr.aggregator.config.fetch_context import FetchContext
from jisr.aggregator.model import FeedSource, FetchResult, Post
from jisr.aggregator.post_model import PostSelection
from jisr.aggregator.store.images.image_links import image_stem, link_remote_images, remote_images, use_local_images
from jisr.aggregator.store.images.reencode import EncodedImage, reencode_in_process
from jisr.ingest.fetch.http_client import ClientOptions, fetch_all

MAX_IMAGES_OF_POST = 20
MAX_IMAGES_OF_RUN = 200
_TIMEOUT_FACTOR = 3  # in as many times the seconds of a run all pictures are drawn; a member's in those of one


def add_images(desk: FetchContext, choices: Mapping[str, PostSelection]) -> tuple[dict[str, PostSelection], dict[str, bytes]]:
    """Return the choices with pictures that lie beside their posts, and those files by their path below the content folder.

    What cannot be fetched or is no picture is linked. Where the settings want no pictures, or nothing is to be written, none
    is asked for.
    """
    posts = [post for choice in choices.values() for post in choice.posts]
    wanted = _select_images(choices)
    names: dict[str, str] = {}
    data: dict[str, bytes] = {}
    if desk.site_context.fetch_pictures and not desk.options.dry_run:
        for url, drawn in asyncio.run(_download_images(desk, wanted)).items():
            names[url] = f"{image_stem(url)}.{drawn.extension}"
            data[url] = drawn.data
    files = {
        f"posts/{post.member}/{post.id}/{names[url]}": data[url]
        for post in posts
        for url in remote_images(post.body)
        if url in names
    }
    found = {
        member: replace(choice, posts=tuple(_rewrite_images(post, names.values()) for post in choice.posts))
        for member, choice in choices.items()
    }
    return found, files


def _rewrite_images(post: Post, names: Iterable[str]) -> Post:
    return replace(post, body=link_remote_images(use_local_images(post.body, names)))


def _select_images(choices: Mapping[str, PostSelection]) -> dict[str, str]:
    """Return the addresses of pictures, each with a member that shows it: of all members in turn, so that none takes all."""
    lists = [
        [(url, member) for post in choice.posts for url in remote_images(post.body)[:MAX_IMAGES_OF_POST]]
        for member, choice in choices.items()
    ]
    found: dict[str, str] = {}
    for url, member in (one for row in zip_longest(*lists) for one in row if one):
        found.setdefault(url, member)
    return dict(islice(found.items(), MAX_IMAGES_OF_RUN))


async def _download_images(desk: FetchContext, wanted: Mapping[str, str]) -> dict[str, EncodedImage]:
    """Ask for pictures as blogs are asked, within the same limits, and draw each anew, some at once."""
    options = ClientOptions(desk.site_context.now, desk.user_agent, desk.timeout_seconds, desk.allowed_hosts)
    found: dict[str, EncodedImage] = {}
    loop, spent = asyncio.get_running_loop(), defaultdict[str, float](float)
    ends, slots = loop.time() + _TIMEOUT_FACTOR * desk.timeout_seconds, asyncio.Semaphore(min(os.cpu_count() or 1, 8))

    async def draw(answer: FetchResult) -> None:
        member, begun = wanted[answer.member], loop.time()
        try:
            if drawn := await reencode_in_process(answer.body, min(ends - begun, desk.timeout_seconds - spent[member])):
                found[answer.member] = drawn
        finally:
            spent[member] += loop.time() - begun
            slots.release()

    async with asyncio.TaskGroup() as group:
        async for answer in fetch_all([FeedSource(url, "", url) for url in wanted], {}, options):
            if answer.body:
                await slots.acquire()
                group.create_task(draw(answer))
    return found
