"""Dumps of one site of SPIP in its forms: an XML backup in ISO 8859-1, a database of SQLite, a dump of MySQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES: dict[str, list[dict[str, str]]] = {
    "meta": [
        {"nom": "adresse_site", "valeur": "https://old.example.org"},
        {"nom": "langue_site", "valeur": "fr"},
        {"nom": "secret_du_site", "valeur": "do-not-tell"},
    ],
    "rubriques": [
        {"id_rubrique": "1", "id_parent": "0", "titre": "1. <multi>[fr]Rencontres[ar]لقاءات</multi>", "statut": "publie"}
    ],
    "articles": [
        {
            "id_article": "12",
            "titre": "2. Deuxième rencontre",
            "id_rubrique": "1",
            "date": "2012-02-20 10:00:00",
            "lang": "fr",
            "statut": "publie",
            "id_trad": "12",
            "chapo": "Un chapeau pour {tous} ceux du fleuve.",
            "ps": "",
            "texte": (
                "{{{Le premier jour}}}\n\nLes rivières [[Une note.]] sont à nous, dit {{Souad}}. Voir [la "
                "suite->13], [->art13] "
                "et [le site->https://example.org/].\n\n-* un\n-* deux\n-** dedans\n\n<doc5|center>\n\n"
                "||Légende|||\n|{{A}}|{{B}}|\n|1|2|\n\nC'est l'heure d'écouter; et \\ de lire."
            ),
        },
        {
            "id_article": "13",
            "titre": "اللقاء الثاني",
            "id_rubrique": "1",
            "date": "2012-02-21 10:00:00",
            "lang": "ar",
            "statut": "publie",
            "id_trad": "12",
            "chapo": "",
            "ps": "",
            "texte": "هذا نص عن اللقاء الثاني وعن الأنهار في البلاد.",
        },
        {
            "id_article": "14",
            "titre": "<multi>[fr]Appel[ar]نداء[en]Call</multi>",
            "id_rubrique": "1",
            "date": "2012-01-00 00:00:00",
            "lang": "fr",
            "statut": "publie",
            "id_trad": "0",
            "chapo": "",
            "ps": "",
            "texte": (
                "<multi>[fr]Nous appelons tous les gens du fleuve.[ar]ننادي كل الناس على النهر.[en]We call "
                "all people of the "
                "river.</multi>"
            ),
        },
        {
            "id_article": "15",
            "titre": "Brouillon",
            "id_rubrique": "1",
            "date": "2012-03-01 00:00:00",
            "lang": "fr",
            "statut": "prepa",
            "id_trad": "0",
            "chapo": "",
            "ps": "",
            "texte": "pas encore",
        },
    ],
    "auteurs": [
        {
            "id_auteur": "1",
            "nom": "Souad Ali",
            "email": "souad@secret.example",
            "login": "souad",
            "pass": "5f4dcc3b",
            "htpass": "h",
        }
    ],
    "auteurs_liens": [{"id_auteur": "1", "id_objet": "12", "objet": "article"}],
    "groupes_mots": [{"id_groupe": "1", "titre": "Thèmes"}, {"id_groupe": "2", "titre": "Mise en page"}],
    "mots": [{"id_mot": "3", "titre": "Eau", "id_groupe": "1"}, {"id_mot": "4", "titre": "deux-colonnes", "id_groupe": "2"}],
    "mots_liens": [{"id_mot": "3", "id_objet": "12", "objet": "article"}],
    "documents": [
        {"id_document": "5", "titre": "Le fleuve", "descriptif": "En mars", "fichier": "jpg/river.jpg", "distant": "non"}
    ],
    "documents_liens": [{"id_document": "5", "id_objet": "12", "objet": "article"}],
    "forum": [
        {
            "id_forum": "7",
            "id_parent": "0",
            "objet": "article",
            "id_objet": "12",
            "date_heure": "2012-03-01 08:00:00",
            "titre": "> Bravo",
            "texte": "Merci pour ce texte, qui nous parle à tous.",
            "auteur": "Ali",
            "statut": "publie",
            "email_auteur": "ali@secret.example",
            "ip": "203.0.113.9",
        },
        {
            "id_forum": "8",
            "id_parent": "7",
            "objet": "article",
            "id_objet": "12",
            "date_heure": "2012-03-02 08:00:00",
            "titre": "",
            "texte": "شكرًا لكم على هذا الكلام الجميل عن النهر.",
            "auteur": "سارة",
            "statut": "publie",
        },
        {
            "id_forum": "9",
            "id_parent": "0",
            "objet": "article",
            "id_objet": "12",
            "date_heure": "2012-03-02 08:00:00",
            "titre": "",
            "texte": "entre nous",
            "auteur": "x",
            "statut": "prive",
        },
    ],
    "urls": [{"url": "Deuxieme-rencontre,12", "type": "article", "id_objet": "12", "date": "2012-02-20 10:00:00"}],
}
_OLD_LINKS = {"auteurs_liens": "auteurs_articles", "mots_liens": "mots_articles", "documents_liens": "documents_articles"}


def write_xml(file: Path) -> Path:
    """Write a backup as SPIP 2 made it: letters that the site's charset lacks are references, escaped once more."""
    lines = [
        '<?xml version="1.0" encoding="iso-8859-1"?>',
        '<SPIP version="2.1" version_archive="1.3" adresse_site="https://old.example.org">',
    ]
    for table, rows in TABLES.items():
        for row in rows:
            name = _OLD_LINKS.get(table, table)
            values = {
                "id_article" if key == "id_objet" and table != "urls" else key: value
                for key, value in row.items()
                if key != "objet"
            }
            columns = (f"<{key}>{_escape(value)}</{key}>" for key, value in values.items())
            lines.append(f"<spip_{name}>\n" + "\n".join(columns) + f"\n</spip_{name}>")
    file.write_bytes("\n".join([*lines, "</SPIP>", ""]).encode("iso-8859-1"))
    return file


def _escape(text: str) -> str:
    references = "".join(one if ord(one) < 256 else f"&#{ord(one)};" for one in text)
    return references.replace("&", "&amp;").replace("<", "&lt;")


def write_sqlite(file: Path) -> Path:
    """Write a database as SPIP 3 makes it."""
    with sqlite3.connect(file) as connection:
        for table, rows in TABLES.items():
            columns = list(dict.fromkeys(key for row in rows for key in row))
            connection.execute(f"CREATE TABLE spip_{table} ({', '.join(f'{one} TEXT' for one in columns)})")
            for row in rows:
                marks = ", ".join("?" for _ in columns)
                connection.execute(f"INSERT INTO spip_{table} VALUES ({marks})", [row.get(one) for one in columns])
    return file


def write_sql(file: Path) -> Path:
    """Write a dump of MySQL: several rows in a statement, with another prefix, and columns only where they are created."""
    lines = ["-- a dump", "DROP TABLE IF EXISTS `ric_articles`;"]
    for table, rows in TABLES.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        defined = ",\n".join(f"  `{one}` text NOT NULL" for one in columns)
        lines.append(f"CREATE TABLE `ric_{table}` (\n{defined},\n  PRIMARY KEY (`{columns[0]}`)\n) ENGINE=MyISAM;")
        values = ",".join(f"({','.join(_quote(row.get(one)) for one in columns)})" for row in rows)
        lines.append(f"INSERT INTO `ric_{table}` VALUES {values};")
    file.write_text("\n".join(lines), "utf-8")
    return file


def _quote(value: str | None) -> str:
    if value is None:
        return "NULL"
    return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\r\\n") + "'"
