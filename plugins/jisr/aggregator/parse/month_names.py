"""The names of months and halves of the day in blogs; ``letter_folding`` unifies their spellings."""

from __future__ import annotations

# One text a month, January first: English, French; Arabic of the Levant and Iraq, of Egypt, of the Maghreb; Sorani; Kurmanji;
# Persian; German, Turkish. Longer names of other months may contain a shorter one: the longest match counts.
MONTHS = (
    "jan|january|janv|janvier|januar|jänner|ocak|كانون الثاني|كانون ثاني|يناير|جانفي|کانوونی دووەم|کانوونی دوەم"
    "|کانونی دووەم|کانونی دوەم|ڕێبەندان"
    "|çile|çileya paşîn|kanûna paşîn|rêbendan|ژانویه|ژانویهٔ|جنوری",
    "feb|february|fév|févr|février|februar|şubat|شباط|فبراير|فيفري|شوبات|شوبات|شوباط|sibat|reşemî|reşeme|فوریه|فوریهٔ",
    "mar|march|mars|märz|mart|آذار|مارس|ئازار|مارت|adar|avdar",
    "apr|april|avr|avril|نيسان|أبريل|أفريل|نیسان|nîsan|nisan|avrêl|آوریل",
    "may|mai|mayıs|أيار|مايو|ماي|ئایار|مایس|gulan|مه|می",
    "jun|june|juin|juni|haziran|حزيران|يونيو|يونيه|جوان|حوزەیران|حوزەیرانی|hezîran|pûşper|ژوئن",
    "jul|july|juil|juillet|juli|temmuz|تموز|يوليو|يوليه|يوليوز|جويلية|تەمووز|تەممووز|تەمموز|tîrmeh|temmûz|ژوئیه|ژوئیهٔ|جولای",
    "aug|august|août|aout|ağustos|آب|أغسطس|أوت|غشت|ئاب|tebax|gelawêj|اوت|آگوست",
    "sep|sept|september|septembre|eylül|أيلول|سبتمبر|شتنبر|ئەیلوول|ئەیلول|îlon|rezber|سپتامبر",
    "oct|october|octobre|okt|oktober|ekim|تشرين الأول|تشرين أول|أكتوبر|تشرینی یەکەم|تشرینی یەکەمی|cotmeh|kewçêr"
    "|çiriya pêşîn|اکتبر",
    "nov|november|novembre|kasım|تشرين الثاني|تشرين ثاني|نوفمبر|نونبر|نوفنبر|تشرینی دووەم|تشرینی دوەم|mijdar|sermawez"
    "|çiriya paşîn|نوامبر",
    "dec|december|déc|décembre|dez|dezember|aralık|كانون الأول|كانون أول|ديسمبر|دجنبر|کانوونی یەکەم|کانونی یەکەم"
    "|berfanbar|kanûna pêşîn"
    "|çileya pêşîn|kanûn|دسامبر",
)

SOLAR_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند|اسپند",
)  # fmt: skip
"""The months of the solar Hijri calendar, whose year begins in March."""

LUNAR_MONTHS = (
    "محرم|المحرم|محرم الحرام|موحەڕەم|muharrem|muharram|mouharram|moharram",
    "صفر|صفر الخير|سەفەر|sefer|safar",
    "ربيع الأول|ربيع أول|ڕەبیعی یەکەم|ڕەبیعولئەوەل|rebî'ul-ewel|rabi al-awwal|rabi' al-awwal|rabi i|rabia al awal|rabi al awal",
    "ربيع الآخر|ربيع الثاني|ربيع ثاني|ڕەبیعی دووەم|ڕەبیعوسسانی|rebî'ul-axir|rabi al-thani|rabi' al-thani|rabi al-akhir"
    "|rabi ii"
    "|rabia al thani|rabi ath-thani",
    "جمادى الأولى|جمادى الأول|جماد أول|جومادی یەکەم|جەمادیەلئەوەل|cemaziyelewel|jumada al-awwal|jumada al-ula|jumada i"
    "|joumada al oula",
    "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جماد ثاني|جومادی دووەم|cemaziyelaxir|jumada al-thani"
    "|jumada al-akhira"
    "|jumada ii|joumada al thania",
    "رجب|رجب المرجب|ڕەجەب|receb|rajab|rajjab",
    "شعبان|شعبان المعظم|شەعبان|şeban|sha'ban|shaban|chaabane|chaaban",
    "رمضان|رمضان المبارك|ڕەمەزان|remezan|ramadan|ramazan|ramadhan",
    "شوال|شوال المكرم|شەوال|شەووال|şewal|shawwal|chawwal",
    "ذو القعدة|ذي القعدة|ذو القعدة الحرام|ذوالقعدة|ذیقعده|زولقەعدە|zilqede|dhu al-qadah|dhu al-qi'dah|dhul qadah|dhou al qi'da",
    "ذو الحجة|ذي الحجة|ذو الحجة الحرام|ذوالحجة|ذیحجه|زولحەججە|zilhece|dhu al-hijjah|dhul hijjah|dhou al hijja",
)
"""The months of the lunar Hijri calendar."""

WEEKDAYS = (
    "mon|monday|lun|lundi|الاثنين|الإثنين|اثنين|دووشەممە|دوشەممە|duşem|duşemb|duşeme|دوشنبه|mo|montag|pazartesi",
    "tue|tues|tuesday|mar|mardi|الثلاثاء|ثلاثاء|سێشەممە|سێ شەممە|sêşem|sêşemb|sêşeme|سه‌شنبه|سه شنبه|dienstag|salı",
    "wed|wednesday|mer|mercredi|الأربعاء|أربعاء|چوارشەممە|چوار شەممە|çarşem|çarşemb|çarşeme|چهارشنبه|mittwoch|çarşamba",
    "thu|thur|thurs|thursday|jeu|jeudi|الخميس|خميس|پێنجشەممە|پێنج شەممە|pêncşem|pêncşemb|pêncşeme|پنجشنبه|donnerstag|perşembe",
    "fri|friday|ven|vendredi|الجمعة|جمعة|هەینی|în|înê|جمعه|freitag|cuma",
    "sat|saturday|sam|samedi|السبت|سبت|شەممە|şemî|şemiyê|شنبه|samstag|cumartesi",
    "sun|sunday|dim|dimanche|الأحد|أحد|یەکشەممە|یەک شەممە|yekşem|yekşemb|yekşeme|یکشنبه|sonntag|pazar",
)
"""The days of the week, Monday first."""

AFTERNOON = "pm|p.m.|م|مساء|مساءً|عصر|ب.ظ|ب.ظ.|بعدازظهر|بعد از ظهر|د.ن|دوای نیوەڕۆ|پاش نیوەڕۆ"
MORNING = "am|a.m.|ص|صباحا|صباحاً|ق.ظ|ق.ظ.|قبل از ظهر|پ.ن|پێش نیوەڕۆ"

# Hours from Greenwich. Names that mean several zones (IST, AST) are left out.
ZONES = (
    ("z ut utc gmt wet", 0), ("cet met bst west mez", 1), ("cest eet cat mesz", 2), ("eest msk trt", 3), ("edt", -4),
    ("est cdt", -5), ("cst mdt", -6), ("mst pdt", -7), ("pst akdt", -8),
)  # fmt: skip
