"""Wordings of platforms in the languages of the site: closing lines of feeds, invitations, lines that name the author."""

from __future__ import annotations

import re

CLOSING = re.compile(
    # English
    r"^(?:the|this) (?:post|article|entry|story)\b.{0,300}\b(?:appeared|published|posted)\b.{0,20}\b(?:first|originally"
    r"|on|in)\b"
    r"|\bwas (?:first|originally) (?:published|posted)\b|\bfirst appeared (?:on|in)\b|^(?:thanks"
    r"|thank you) for reading\b.{0,200}\bsubscribe\b"
    # French
    r"|^(?:l['’]article|cet article|ce billet|le billet|la publication)\b.{0,300}\b(?:est apparu|est paru|a été publié"
    r"|provient|apparaît)\b"
    # Arabic
    r"|^(?:ظهرت?|نُ?شرت?|تم نشر|وردت?) .{0,300}(?:أولا|أولاً|للمرة الأولى|لأول مرة)|^(?:ال)?(?:مقالة|مقال|تدوينة|منشور"
    r"|خبر) .{0,300}(?:ظهرت?|نشرت?) (?:أولا|لأول|للمرة)"
    # Sorani
    r"|^(?:ئەم |ئەو )?(?:بابەت|نووسین|وتار|پۆست|هەواڵ)\w* .{0,300}(?:یەکەم ?جار|بۆ یەکەم|سەرەتا) .{0,200}(?:بڵاو|دەرکەوت|دیار)"
    # Kurmanji
    r"|^(?:ev |vê )?(?:gotar|nivîs|post|nûçe)\w* .{0,300}\b(?:cara pêşîn|cara yekem|yekem car|ewil"
    r"|pêşî)\b.{0,200}\b(?:weşand|weşiya|xuya|derket|hat)",
    re.IGNORECASE | re.DOTALL,
)
"""A line that says where a text was first."""

INVITATION = re.compile(
    r"\W*(?:"
    # English
    r"continue reading|keep reading|read (?:more|on|the rest|the full|the whole|full)|more\b.{0,3}$|share\b|like this"
    r"|like loading|tweet\b|subscribe\b|sign up"
    r"|follow (?:us|me)\b|leave a (?:comment|reply)|add new comment|post a comment|\d+ comments?$|comments?$|tags?\W"
    r"|tagged\b|filed under|posted (?:in|on|by)\b"
    r"|related(?: posts?| articles?)?\W*$|you may also like|loading|advertisement|click here to|view (?:the )?(?:post"
    r"|original)|see more|print\b|email this"
    # French
    r"|lire (?:la suite|plus|l['’]article|l['’]intégralité)|continuer (?:la|à) lecture|continuer à lire|continuez"
    r"|en savoir plus|la suite|suite\W*$|partag(?:er|ez)\b"
    r"|j['’]aime|abonnez|s['’]abonner|suivez|laisse[rz] un commentaire|ajouter un commentaire|commentaires?\W*$"
    r"|étiquettes?|mots[ -]clés|publié (?:dans|par|le)\b"
    r"|classé dans|articles? (?:similaires?|liés?|connexes?)|sur le même sujet|chargement|publicité\W*$|imprimer"
    # Arabic
    r"|(?:اقرأ|إقرأ|اقرئي|أكمل|اكمل|تابع|متابعة|واصل|لمتابعة|للمزيد|لقراءة|استكمال)(?: |\W*$)|المزيد|شارك|شاركها|مشاركة"
    r"|انشر|أنشر|معجب|إعجاب|اعجاب|أعجبني|غرّد|غرد"
    r"|اشترك|للاشتراك|تابعنا|تابعونا|أضف تعليق|اترك تعليق|اكتب تعليق|التعليقات|تعليقات|الوسوم|وسوم|كلمات (?:مفتاحية"
    r"|دلالية)|نشر في|نُشر في|مصنف (?:في|تحت)"
    r"|(?:مقالات|مواضيع|أخبار) (?:ذات صلة|مشابهة|متعلقة)|قد يعجبك|تحميل|جار[يٍ]? التحميل|إعلان\W*$|طباعة"
    # Sorani
    r"|زیاتر بخوێن|درێژەی? |درێژە\W*$|خوێندنەوەی زیاتر|بەردەوام ?بە|تەواوی بابەت|هاوبەش|بڵاوی بکە|شەیر|شێر|بەدڵمە|لایک"
    r"|بەشداری? ?(?:بە|بکە)|ئابوونە|فۆڵۆ"
    r"|لێدوان|کۆمێنت|سەرنج(?:ێک)? بنووسە|تاگ|هاشتاگ|بابەتی (?:پەیوەندیدار|هاوشێوە)|بابەتە (?:پەیوەندیدار|هاوشێوە)"
    r"|بارکردن|چاپکردن|ڕیکلام"
    # Kurmanji
    r"|(?:bêtir|zêdetir|hê|temamiya?|dewama?) ?(?:bixwîn|gotar|nivîs|\W*$)|bixwîne|berdewam|dewam bike|parve (?:bike"
    r"|bikin)|belav bike|ecibandin|min eciband|abone"
    r"|bişopîn|şîrove|etîket|gotarên (?:têkildar|wekhev)|nûçeyên têkildar|tê barkirin|reklam\W*$|çap bike"
    r")",
    re.IGNORECASE,
)
"""The beginning of a line that invites to read on, to share, to subscribe or to comment."""

_NAMED = r"(?P<name>[^\W\d_][^\d:!?؟،,]{1,60}?)[\s.–—|-]*"
BYLINE = re.compile(
    r"[\s–—|-]*(?:(?:written |posted |published )?by|author|par|auteure?|autrice|écrit par|publié par|texte(?: de)?"
    r"|بقلم|كتبها?|كتبه|كاتبة?|الكاتبة?|تأليف|إعداد|تحرير|نووسینی|نووسەر|بە ?قەڵەمی|ئامادەکردنی|ئامادەکار"
    rf"|nivîskar|nivîsandin|nivîsa|amadekar|ji aliyê)\s*[:：]\s*{_NAMED}",
    re.IGNORECASE,
)
"""A line that names the author after a label."""

OPEN_BYLINE = re.compile(rf"[\s–—|-]*(?:(?:[Ww]ritten )?[Bb]y|[Pp]ar|[ÉE]crit par|بقلم|بە ?قەڵەمی|نووسینی|Nivîskar)\s+{_NAMED}")
"""The same without a colon, where nothing else can be meant."""

PROTECTED_TITLE = re.compile(r"\s*(?:protected|protégé|محمي|محمية|پارێزراو|parastî)\s*[::]", re.IGNORECASE)
"""The beginning of a title of a text behind a password."""

HOST_NOTICE = re.compile(
    r"(?<!\w)(?:(?:Hosted (?:on|by) [\w .&-]{2,30}\. )?(?:See|Visit)|Learn more about your ad choices\. Visit"
    r"|(?:Our|The) [\w ]{3,40} (?:at|:)) (?:https?://)?(?:www\.)?"
    r"(?:omnystudio\.com/listener|acast\.com/privacy|megaphone\.fm/adchoices|podcastchoices\.com/adchoices|art19\.com/privacy\S*"
    r"|pcm\.adswizz\.com)(?: for (?:more|privacy) information| to learn more)?(?: about our [\w ,/-]{3,90})?\.?\s{0,20}$",
    re.IGNORECASE,
)
"""A last sentence of a host of recordings about itself."""
