"""The endings of names of pictures, recordings, films and documents on the web; what this site admits is a part of them."""

from __future__ import annotations

PICTURES = tuple("jpg jpeg png gif webp avif svg bmp tif tiff heic heif".split())
RECORDINGS = tuple("mp3 m4a m4b ogg oga opus flac wav aac weba".split())
FILMS = tuple("mp4 m4v mov ogv webm avi mkv 3gp".split())
DOCUMENTS = tuple("pdf doc docx odt rtf xls xlsx ods odg csv ppt pptx odp epub zip txt".split())
MEDIA = (*PICTURES, *RECORDINGS, *FILMS, *DOCUMENTS)


def ending_pattern(endings: tuple[str, ...] = MEDIA) -> str:
    """Return the part of a regular expression that a name with one of the endings ends with.

    >>> ending_pattern(("ogg", "mp3"))
    '\\\\.(?:ogg|mp3)'
    """
    return rf"\.(?:{'|'.join(sorted(endings, key=len, reverse=True))})"
