"""The settings of this site. plugins/jisr/content/README.md describes them, and the README of a plugin those of the plugin."""

from pathlib import Path

from jisr.content.settings import defaults

HERE = str(Path(__file__).resolve().parent)

SITENAME = "ICSSI"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Baghdad"
TAG_AUTHORITY = "icssi.example.org,2009"

LANGUAGES = ("en", "ar", "ckb", "kmr", "fr")
KINDS = ("statements", "conferences", "news", "posts", "pages", "members", "topics", "workgroups", "organisations", "people")
SIDE_BY_SIDE = ("statements",)
SHORT_ADDRESSES = True
PO_FILES = True
CARDS: tuple[str, ...] = ("statements", "conferences", "news", "posts", "pages")
SHARE = ("mail", "telegram", "whatsapp", "facebook", "copy", "qr")
CHANNELS = {"list": "https://lists.icssi.example.org/news", "telegram": "https://t.me/icssi_example"}
REPLIES = {"mail": "replies@icssi.example.org", "signal": "https://signal.me/#eu/icssi-example"}
NEWSLETTER = {"from": "news@icssi.example.org", "unsubscribe": "https://lists.icssi.example.org/leave"}
MIRRORS = ("https://icssi.mirror.example.net/",)
EDITOR = {
    "name": "test-repo"
}  # to try /admin/, once inv editor has built it; else the repository, as plugins/jisr/editing/README.md says

NETWORK_NAMES = {
    "en": "Iraqi Civil Society Solidarity Initiative",
    "ar": "المبادرة الدولية للتضامن مع المجتمع المدني العراقي",
    "ckb": "دەستپێشخەریی نێودەوڵەتیی هاوپشتی لەگەڵ کۆمەڵگەی مەدەنیی عێراق",
    "kmr": "Înîsiyatîfa Hevgirtina bi Civaka Sivîl a Iraqê re",
    "fr": "Initiative de solidarité avec la société civile irakienne",
}

NETWORK_PURPOSES = {
    "en": "We link civil society in Iraq with civil societies abroad: voluntary, non-violent, independent of parties.",
    "ar": "نصل المجتمع المدني في العراق بالمجتمعات المدنية في العالم: طوعيون، لاعنفيون، مستقلون عن الأحزاب.",
    "ckb": "کۆمەڵگەی مەدەنی لە عێراق بە کۆمەڵگە مەدەنییەکانی جیهان دەبەستینەوە: خۆبەخش، ناتوندوتیژ، سەربەخۆ لە حزبەکان.",
    "kmr": "Em civaka sivîl a Iraqê û civakên sivîl ên cîhanê digihînin hev: dilxwaz, bêtundî, ji partiyan serbixwe.",
    "fr": "Nous relions la société civile d’Irak à celles d’autres pays : bénévoles, non violents, indépendants des partis.",
}

NETWORK_NOTES = {
    "en": "A voluntary network, independent of parties and confessions, working by non-violence. The texts here are summaries written for this sample.",
    "ar": "شبكة طوعية مستقلة عن الأحزاب والطوائف، تعمل باللاعنف. النصوص هنا ملخّصات كُتبت لهذا النموذج.",
    "ckb": "تۆڕێکی خۆبەخشە، لە حزب و ئایینزاکان سەربەخۆیە و بە ڕێگەی ناتوندوتیژی کار دەکات. دەقەکانی ئێرە پوختەن و بۆ ئەم نموونەیە نووسراون.",
    "kmr": "Toreke dilxwaz e, ji partî û mezheban serbixwe ye û bê tundî kar dike. Nivîsên li vir kurte ne û ji bo vê nimûneyê hatine nivîsandin.",
    "fr": "Un réseau bénévole, indépendant des partis et des confessions, qui agit par la non-violence. Les textes de ce site sont des résumés écrits pour cet exemple.",
}

PATH = "content"
OUTPUT_PATH = "output"
PLUGIN_PATHS = ["plugins"]
PLUGINS = defaults.PLUGINS  # all that the package has; a second site may add its own, or leave some out
PELICAN_CLASS = "jisr.Jisr"
# This repository holds the sources of the package: another checkout builds with its own theme and catalogues.
THEME = f"{HERE}/themes/jisr"
TRANSLATIONS = f"{HERE}/translations"
