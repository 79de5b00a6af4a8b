"""Pictures of posts: downloaded into the post's folder where the settings want it, links otherwise."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice, zip_longest

from jisr.aggregator.config.fetch_context import FetchContext
from jisr.aggregator.fetch.member_client import ClientOptions, fetch_all
from jisr.aggregator.model import FeedSource, FetchResult, Post, PostSelection
from jisr.aggregator.store.images.image_links import image_stem, link_remote_images, remote_images, use_local_images
from jisr.aggregator.store.images.reencode import EncodedImage, reencode_in_process

MAX_IMAGES_OF_POST = 20
MAX_IMAGES_OF_RUN = 200
_TIMEOUT_FACTOR = 3  # all pictures are re-encoded within this many times the seconds of a run, those of a member within once


def add_images(
    context: FetchContext, selections: Mapping[str, PostSelection]
) -> tuple[dict[str, PostSelection], dict[str, bytes]]:
    """Return the selections with local pictures, and the data of these by their path below the content folder.

    A picture that cannot be downloaded or re-encoded becomes a link. Where the settings want no pictures, and in a dry run,
    none is requested.
    """
    posts = [post for selection in selections.values() for post in selection.posts]
    members_by_url = _select_images(selections)
    names: dict[str, str] = {}
    data: dict[str, bytes] = {}
    if context.site_context.fetch_pictures and not context.options.dry_run:
        for url, image in asyncio.run(_download_images(context, members_by_url)).items():
            names[url] = f"{image_stem(url)}.{image.extension}"
            data[url] = image.data
    images = [(post, url) for post in posts for url in remote_images(post.body) if url in names]
    files = {f"posts/{post.member}/{post.id}/{names[url]}": data[url] for post, url in images}
    rewritten = {
        member: replace(selection, posts=tuple(_rewrite_images(post, names.values()) for post in selection.posts))
        for member, selection in selections.items()
    }
    return rewritten, files


def _rewrite_images(post: Post, names: Iterable[str]) -> Post:
    return replace(post, body=link_remote_images(use_local_images(post.body, names)))


def _select_images(selections: Mapping[str, PostSelection]) -> dict[str, str]:
    """Return the addresses of pictures with a member that shows them: of all members in turn, so that each gets a share."""
    lists = [
        [(url, member) for post in selection.posts for url in remote_images(post.body)[:MAX_IMAGES_OF_POST]]
        for member, selection in selections.items()
    ]
    members_by_url: dict[str, str] = {}
    for url, member in (image for row in zip_longest(*lists) for image in row if image):
        members_by_url.setdefault(url, member)
    return dict(islice(members_by_url.items(), MAX_IMAGES_OF_RUN))


async def _download_images(context: FetchContext, members_by_url: Mapping[str, str]) -> dict[str, EncodedImage]:
    """Download pictures within the limits of feeds, and re-encode them, one a processor at a time."""
    options = ClientOptions(context.site_context.now, context.user_agent, context.timeout_seconds, context.allowed_hosts)
    images: dict[str, EncodedImage] = {}
    loop, spent = asyncio.get_running_loop(), defaultdict[str, float](float)
    deadline, slots = loop.time() + _TIMEOUT_FACTOR * context.timeout_seconds, asyncio.Semaphore(min(os.cpu_count() or 1, 8))

    async def reencode(result: FetchResult) -> None:
        member, start = members_by_url[result.member], loop.time()
        try:
            if image := await reencode_in_process(result.body, min(deadline - start, context.timeout_seconds - spent[member])):
                images[result.member] = image
        finally:
            spent[member] += loop.time() - start
            slots.release()

    async with asyncio.TaskGroup() as group:
        async for result in fetch_all([FeedSource(url, "", url) for url in members_by_url], {}, options):
            if result.body:
                await slots.acquire()
                group.create_task(reencode(result))
    return images
