"""Old sites to content: WordPress, SPIP, saved pages and other Pelican sites become texts as any other."""
