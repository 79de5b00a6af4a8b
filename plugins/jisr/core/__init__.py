"""Values and rules that all layers share: pure functions, without Pelican, templates, files, network or clock."""
