"""What platforms are known by: classes of their parts, addresses of buttons, and wordings in the languages of the site."""

from __future__ import annotations

import re

PLATFORM_CLASS = re.compile(
    r"(?:sharedaddy|sd-(?:sharing|block|social)[\w-]*|robots-nocontent|jp-relatedposts|(?:jetpack-)?likes-widget[\w-]*"
    r"|jetpack[_-]subscri[\w-]*|wp-block-jetpack-(?:subscri|shar|like|related)[\w-]*|a2a_kit|addtoany[\w-]*|addthis[\w-]*|at-above-post[\w-]*"
    r"|at-below-post[\w-]*"
    r"|(?:social|post|article|entry|page)[_-]?shar(?:e|ing)[\w-]*|shar(?:e|ing)[_-](?:buttons?|bar|links?|icons?|post"
    r"|this|box|tools?)[\w-]*"
    r"|social[_-](?:buttons?|icons?|links?|media|likes?|bar)[\w-]*|heateor[\w-]*|ssba[\w-]*|sfsi[\w-]*|essb[\w-]*"
    r"|mashsb[\w-]*|dpsp[\w-]*|simplesocial[\w-]*|shareaholic[\w-]*|sumome[\w-]*|feedflare|fb-(?:like|share-button|comments|page|follow)"
    r"|twitter-share-button"
    r"|g-plusone|wp_rp[\w-]*|zem_rp[\w-]*|yarpp[\w-]*|crp_related|related[_-]?(?:posts?|articles?|content"
    r"|entries)[\w-]*|outbrain[\w-]*"
    r"|(?:newsletter|subscri(?:be|ption)|mailpoet|mc4wp|mc_embed|mailchimp|optin|sib[_-]form|kg-signup|convertkit"
    r"|ck[_-]form)(?:[_-][\w-]*)?"
    r"|wpcf7[\w-]*|wpforms[\w-]*|gform[\w-]*|contact-form[\w-]*|comments?-(?:respond|area|form|list|link|template)|respond"
    r"|post-navigation|nav-links|blog-pager|breadcrumbs?|entry-(?:meta|footer|utility)|post-(?:meta|footer|views"
    r"|ratings?|tags|categories)"
    r"|blogger-post-footer|jump-link|kksr[\w-]*|wpulike[\w-]*|(?:star-)?ratings?-widget|screen-reader-text|sr-only"
    r"|visually-?hidden"
    r"|more-link|read-?more(?:-link)?|continue-reading|adsbygoogle|ad-(?:container|slot|unit|banner)"
    r"|advert(?:isement)?s?|google-auto-placed"
    r"|mw-editsection|noprint|field--?name-(?:title|node-title|uid|author|created|changed|post-date|submitted"
    r"|comment[\w-]*|links|field-tags"
    r"|field-share[\w-]*|taxonomy[\w-]*|service-links)|node__(?:meta|links|submitted)|links?-inline|submitted|service-links"
    r"|article-info(?:-term)?|pagenavigation|pager|content_rating|content_vote|joomla-hidden-mail"
    r"|__cf_email__"
    r"|kg-(?:audio|video)-(?:current-time|time|duration|playback-rate|seek-slider|(?:un)?mute-icon|player|hide|thumbnail)"
    r"|(?:mejs|plyr|vjs|jp|wp-playlist|player|audio|video)[\w-]*?[_-](?:controls?(?:-bar)?|(?:current|remaining|total)?-?time|duration|rate"
    r"|speed|volume[\w-]*|progress[\w-]*|seek[\w-]*|mute)"
    r"|highlight__panel|js-actions-panel|(?:code-)?copy-(?:code|button|btn)[\w-]*|(?:[\w-]*[_-])?(?:favicon|avatar)|site-icon|(?:kg-)?bookmark-icon"
    r"|poll-info|hide-text|install-substack-app[\w-]*"
    r"|captioned-button-wrap|subscription-widget[\w-]*|post-ufi[\w-]*|poll-embed|paywall[\w-]*)",
    re.IGNORECASE,
)
PLATFORM_ID = re.compile(r"cloak[0-9a-f]+|jp-relatedposts|respond|mc_embed_signup|disqus_thread", re.IGNORECASE)
"""Names that platforms give to parts that are none of the author's."""
ACTION_URL = re.compile(
    r"//remark\.as/|[?&](?:share|action=share|replytocom|sfw)=|/sharer?(?:\.php|-offsite)?(?:[/?]|$)|[./](?:twitter|x)\.com/(?:share"
    r"|intent)|intent/(?:tweet|post|compose)"
    r"|//t\.me/share|//(?:api\.)?wa(?:\.me|\.whatsapp\.com|web\.whatsapp\.com)?/(?:send)?\?|whatsapp\.com/send"
    r"|shareArticle|pin(?:terest\.[a-z.]+/pin)/create"
    r"|reddit\.com/submit|tumblr\.com/(?:widgets/)?share|vk\.com/share|getpocket\.com/(?:save|edit)|#(?:respond"
    r"|comments?|disqus_thread|/portal/)|/portal/signup"
    r"|/wp-login\.php|/comment/reply/|/(?:node/\d+|users?)/?(?:#comment-form|login|register)|substack\.com/(?:subscribe"
    r"|signup)|/subscribe(?:[?#/]|$)|mailto:\?",
    re.IGNORECASE,
)
"""Addresses of buttons: sharing, following, subscribing, answering."""
LINE_NUMBER_CLASS = re.compile(
    r"(?:^|\s)(?:gutter|linenos?|line-?numbers?(?:-rows)?|lnt|ln|lntd|hljs-ln-numbers|blob-num|rouge-gutter)(?:\s|$)"
)
"""Names of the column of numbers beside the lines of code."""
COUNTS = re.compile(r"\d+ [^\W\d]+(?: [^\W\d]+)? [-–·|] \d+ [^\W\d]+(?: [^\W\d]+)?")
"""A last line with the numbers of a forum's answers and people."""
SUBMISSION = re.compile(r"submitted by\b.{1,300}(?:\[link\]|\bpoints? \|)", re.IGNORECASE | re.DOTALL)
"""A line that says who brought an address to a list of links, and how it is voted."""
TERM_URL = re.compile(r"/(?:taxonomy/term/\d+|tags?/|categor(?:y|ies|ie)/|label/|search/label/|topics?/|mot\d+)", re.IGNORECASE)
"""Addresses of the lists of what has one word or category."""
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
    r"|pcm\.adswizz\.com)(?: for (?:more|privacy) information| to learn more)?(?: about our [\w ,/-]{3,90})?\.?\s{0,20}$"
    r"|-{2,3}\s{0,3}(?:Send in a voice message|Support this podcast)\b.{0,400}$",
    re.IGNORECASE | re.DOTALL,
)
"""A last sentence of a host of recordings about itself."""
