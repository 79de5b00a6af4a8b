"""The names of months and halves of the day in blogs; ``letter_folding`` unifies their spellings."""

from __future__ import annotations

# One text a month, January first: English, French; Arabic of the Levant and Iraq, of Egypt, of the Maghreb; Sorani; Kurmanji;
# Persian. Longer names of other months may contain a shorter one: the longest match counts.
MONTHS = (
    "jan|january|janv|janvier|كانون الثاني|كانون ثاني|يناير|جانفي|کانوونی دووەم|کانوونی دوەم|کانونی دووەم|کانونی دوەم|ڕێبەندان"
    "|çile|çileya paşîn|kanûna paşîn|rêbendan|ژانویه|ژانویهٔ|جنوری",
    "feb|february|fév|févr|février|شباط|فبراير|فيفري|شوبات|شوبات|شوباط|sibat|reşemî|reşeme|فوریه|فوریهٔ",
    "mar|march|mars|آذار|مارس|ئازار|مارت|adar|avdar",
    "apr|april|avr|avril|نيسان|أبريل|أفريل|نیسان|nîsan|nisan|avrêl|آوریل",
    "may|mai|أيار|مايو|ماي|ئایار|مایس|gulan|مه|می",
    "jun|june|juin|حزيران|يونيو|يونيه|جوان|حوزەیران|حوزەیرانی|hezîran|pûşper|ژوئن",
    "jul|july|juil|juillet|تموز|يوليو|يوليه|يوليوز|جويلية|تەمووز|تەممووز|تەمموز|tîrmeh|temmûz|ژوئیه|ژوئیهٔ|جولای",
    "aug|august|août|aout|آب|أغسطس|أوت|غشت|ئاب|tebax|gelawêj|اوت|آگوست",
    "sep|sept|september|septembre|أيلول|سبتمبر|شتنبر|ئەیلوول|ئەیلول|îlon|rezber|سپتامبر",
    "oct|october|octobre|تشرين الأول|تشرين أول|أكتوبر|تشرینی یەکەم|تشرینی یەکەمی|cotmeh|kewçêr|çiriya pêşîn|اکتبر",
    "nov|november|novembre|تشرين الثاني|تشرين ثاني|نوفمبر|نونبر|نوفنبر|تشرینی دووەم|تشرینی دوەم|mijdar|sermawez"
    "|çiriya paşîn|نوامبر",
    "dec|december|déc|décembre|كانون الأول|كانون أول|ديسمبر|دجنبر|کانوونی یەکەم|کانونی یەکەم|berfanbar|kanûna pêşîn"
    "|çileya pêşîn|kanûn|دسامبر",
)

SOLAR_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند|اسپند",
)  # fmt: skip
"""The months of the solar Hijri calendar, whose year begins in March."""

AFTERNOON = "pm|p.m.|م|مساء|مساءً|عصر|ب.ظ|ب.ظ.|بعدازظهر|بعد از ظهر|د.ن|دوای نیوەڕۆ|پاش نیوەڕۆ"
MORNING = "am|a.m.|ص|صباحا|صباحاً|ق.ظ|ق.ظ.|قبل از ظهر|پ.ن|پێش نیوەڕۆ"

# Hours from Greenwich. Names that mean several zones (IST, AST) are left out.
ZONES = (
    ("z ut utc gmt wet", 0), ("cet met bst west mez", 1), ("cest eet cat mesz", 2), ("eest msk trt", 3), ("edt", -4),
    ("est cdt", -5), ("cst mdt", -6), ("mst pdt", -7), ("pst akdt", -8),
)  # fmt: skip
