from tests.sites.settings import *

PLUGINS = [*PLUGINS, "broken_plugin"]
