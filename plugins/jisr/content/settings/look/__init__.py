"""The looks of a site that its settings state as files: logo and fonts."""
