"""The settings of a site, validated."""
