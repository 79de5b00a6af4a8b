from tests.sites.settings import *

PLUGINS = [*PLUGINS, "plugins.nothing"]
