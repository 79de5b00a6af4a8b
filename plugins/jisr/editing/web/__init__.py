"""The web editor: Sveltia CMS at ``/admin/``, configured from the content model."""
