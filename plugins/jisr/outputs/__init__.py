"""Every file of a site but its pages, one folder a format."""
