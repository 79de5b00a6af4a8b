"""The reader of documents by their endings. What reads a format is imported where there is a file of it."""

from __future__ import annotations

from jisr.content.attachments.documents.document_findings import DocumentFindings

_OFFICE = frozenset("docx xlsx pptx odt ods odp odg".split())
_OLD_OFFICE = frozenset("doc xls ppt".split())
_TABLES = frozenset(["csv", "tsv"])
ARCHIVES = frozenset(["zip", "tar", "gz", "tgz", "bz2", "xz"])  # but for 7z, which Python cannot unpack
DOCUMENTS = _OFFICE | _OLD_OFFICE | _TABLES | ARCHIVES | {"pdf", "rtf", "epub"}


def read_document(ending: str, data: bytes) -> DocumentFindings:
    """Return what is found in a document of one of the endings in ``DOCUMENTS``. Raises DamagedFileError."""
    if ending == "pdf":
        from jisr.content.attachments.documents.pdf import read_pdf

        return read_pdf(data)
    if ending in _OLD_OFFICE:
        from jisr.content.attachments.documents.ole import read_ole

        return read_ole(data)
    if ending == "rtf":
        from jisr.content.attachments.documents.rtf import read_rtf

        return read_rtf(data)
    if ending in _TABLES:
        from jisr.content.attachments.documents.table import read_table

        return read_table(data)
    if ending in ARCHIVES:
        from jisr.content.attachments.documents.archive import read_archive

        return read_archive(data, lambda inner, part: read_document(inner, part) if inner in DOCUMENTS - ARCHIVES else None)
    from jisr.content.attachments.documents import office_zip

    return office_zip.read_office_zip(data) if ending in _OFFICE else office_zip.read_book(data)
