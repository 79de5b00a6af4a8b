"""Files to the ``Site``: reading, assembling, settings, catalogues."""
