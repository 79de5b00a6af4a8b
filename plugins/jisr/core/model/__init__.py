"""The values of a site: documents, events, entities, resolutions, routes."""
