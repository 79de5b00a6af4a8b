"""Settings of an old site: what is a plain value counts, and nothing is run."""

import sys

AUTHOR = "Sara Ahmed"
SITEURL = "https://old.example.org"
PATH = "content"
DEFAULT_LANG = "en"
ARTICLE_URL = "{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"
ARTICLE_LANG_URL = "{date:%Y}/{slug}-{lang}/"
ARTICLE_LANG_SAVE_AS = "{date:%Y}/{slug}-{lang}/index.html"
sys.exit("settings of an old site are never run")
