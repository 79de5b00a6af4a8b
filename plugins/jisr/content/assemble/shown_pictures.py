"""The pictures that texts show: what pages must know of each, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisr.content.attachments.picture_facts import is_picture
from jisr.content.loaded_texts import LoadedTexts
from jisr.core.model.document import Document
from jisr.core.model.pictures import DrawnPicture, Picture, PictureDrawer
from jisr.core.model.site import BundledFile, LinkTarget
from jisr.core.urls import paths

FileKey = tuple[str, str, str]
"""Kind and id of a text, and the name of a file beside it."""


def build_pictures(
    texts: LoadedTexts,
    targets: Mapping[str, tuple[LinkTarget, ...]],
    files: Mapping[str, BundledFile],
    draw: PictureDrawer | None,
) -> dict[str, Picture]:
    """Return the pictures that built versions show, by the address of their files; ``draw`` makes smaller ones of them."""
    pictures = {}
    for kind, identity, name in sorted(set(_shown(texts, targets))):
        address = paths.bundle_file_path(kind, identity, name)
        file = texts.pictures.get((kind, identity), {}).get(name)
        if file is not None and address in files:
            original = DrawnPicture(address, file.type, file.width, file.height, file.size)
            pictures[address] = Picture(files[address].source, file, original)
    if draw is None:
        return pictures
    drawn = draw([(picture.source, picture.file) for picture in pictures.values()])
    together = zip(pictures.items(), drawn, strict=True)
    return {address: Picture(one.source, one.file, one.original, made) for (address, one), made in together}


def shown_files(document: Document) -> Iterator[str]:
    """Return the pictures that the fields of a version show."""
    if document.cover is not None:
        yield document.cover.file
    yield from (photo.file for photo in document.photos)


def _shown(texts: LoadedTexts, targets: Mapping[str, tuple[LinkTarget, ...]]) -> Iterator[FileKey]:
    """Return each picture that a version shows: by its fields, in its body, and before a film is played."""
    for translations in texts.sets.values():
        for document in translations.versions:
            yield from ((*document.key, name) for name in shown_files(document))
            for reference, target in zip(document.outline.references, targets[document.path], strict=True):
                names = (target.file, *target.companions) if reference.embedded and target.file else ()
                yield from ((target.kind, target.id, name) for name in names if is_picture(name))
