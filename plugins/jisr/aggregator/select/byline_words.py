"""Words of bylines that are no names, in the languages of the site: nobody, roles, "by", "and", and those of bodies."""

from __future__ import annotations

NOBODY = """admin|administrator|administrators|site admin|site administrator|web admin|webadmin|wpadmin|wp admin
|super user|superuser|superadmin|sysadmin|root|webmaster|web master|site manager|manager|owner|moderator
|operator|support|info|contact|office|system|user|username|user name|guest|guest author|guest post|guest writer
|contributor|contributors|visitor|member|subscriber|author|authors|writer|writers|editor|editors|the editor
|the editors|editorial|editorial team|editorial staff|editorial board|editor in chief|staff|staff writer
|our staff|team|the team|our team|newsroom|news desk|desk|press|press office|redaction|unknown|unknown author
|anonymous|anonym|anon|nobody|no one|none|no name|noname|no author|null|nil|undefined|default|name|your name
|author name|test|tester|demo|example|blogger|wordpress|blog|site|website|noreply|no reply|donotreply
|mailer daemon|others|et al|al|n a|na|various|various authors|multiple authors|publisher|reporter|correspondent
|administrateur|administratrice|administrateur du site|webmestre|utilisateur|invité|invitée|modérateur|auteur
|auteure|autrice|auteurs|rédacteur|rédactrice|rédaction|la rédaction|équipe de rédaction|comité de rédaction
|équipe|l équipe|inconnu|inconnue|auteur inconnu|anonyme|personne|aucun|sans nom|responsable du site
|gestionnaire|collectif|divers|autres|المدير|مدير|مدير الموقع|مدير المدونة|مدير النظام|مدير التحرير|رئيس التحرير
|الإدارة|ادارة|إدارة الموقع|إدارة المدونة|المشرف|مشرف|مشرف الموقع|مسؤول|المسؤول|مسؤول الموقع|المحرر|محرر
|المحررون|التحرير|هيئة التحرير|أسرة التحرير|فريق التحرير|الفريق|فريق العمل|كاتب|الكاتب|كاتبة|الكاتبة|كاتب ضيف
|ضيف|زائر|مستخدم|عضو|ناشر|الناشر|مراسل|المراسل|مجهول|غير معروف|غير معرف|كاتب مجهول|بدون اسم|بلا اسم|لا أحد|أدمن
|ادمن|الأدمن|آخرون|وآخرون|الموقع|المدونة|بەڕێوەبەر|بەڕێوەبەری ماڵپەڕ|بەڕێوەبەری سایت|بەڕێوەبەری بلۆگ|بەڕێوبەر
|سەرپەرشتیار|بەرپرس|بەرپرسی ماڵپەڕ|ئەدمین|ئادمین|سەرنووسەر|دەستەی نووسەران|دەستەی بەڕێوەبردن|ستافی نووسەران|ستاف
|نووسەر|نووسەران|نووسەری میوان|میوان|بەکارهێنەر|ئەندام|نەزانراو|نەناسراو|نادیار|بێ ناو|کەس|هەواڵنێر|پەیامنێر|تیم
|تیمی کار|ماڵپەڕ|ئەوانی تر|rêveber|rêvebir|birêveber|rêveberê malperê|gerînende|edîtor|redaktor|redaksiyon
|desteya nivîskaran|desteya weşanê|nivîskar|nivîskarê mêvan|mêvan|bikarhêner|endam|berpirs|berpirsê malperê
|nenas|nediyar|nenaskirî|bênav|kes|tîm|tîma me|nûçegihan|yên din|malper|مدیر|مدیر سایت|سردبیر|ناشناس|نویسنده
|تحریریه|کاربر|مهمان|yönetici|editör|anonim|bilinmiyor"""
"""What platforms write for nobody, and the names of roles."""

PREFIXES = """written by|posted by|published by|text by|words by|story by|by|écrit par|rédigé par|publié par
|posté par|texte de|par|بقلم الكاتبة|بقلم الكاتب|بقلم|كتبها|كتبه|نووسینی|نوسینی|ئامادەکردنی|بە قەڵەمی|بەقەڵەمی
|لە لایەن|لەلایەن|nivîsandina|nivîsa|ji aliyê|ji alîyê|ji hêla"""
"""What stands before a name."""

LABELS = """author|authors|writer|auteur|auteure|autrice|auteurs|كتبت|كتب|كتابة|إعداد|تأليف|تحرير|نشرها|نشره
|الكاتبة|الكاتب|المؤلف|المؤلفة|نووسەران|نووسەر|ئامادەکردن|نووسین|نویسنده|نوشته|نوشتهٔ|nivîskar|nivîskarên
|amadekar|amadekirin|nivîs"""
"""What stands before a name and a colon."""

CONJUNCTIONS = "and|et|und|y|û|ve|و|with|avec|مع|لەگەڵ|لەگەل|ligel"
"""Words between two names."""

BODIES = """committee|committees|commission|council|union|association|society|centre|center|network|organisation
|organization|institute|institution|foundation|group|party|ministry|movement|forum|coalition|alliance|federation
|league|agency|university|college|school|department|board|club|house|project|campaign|initiative|office|team
|press|news|magazine|newspaper|journal|radio|studio|collective|writers|bloggers|women|youth|students|workers
|teachers|journalists|rights|peace|sons|co|company|partners|brothers|comité|commission|conseil|syndicat|société
|réseau|institut|fondation|groupe|parti|ministère|mouvement|fédération|ligue|agence|université|école|faculté
|équipe|collectif|rédaction|revue|femmes|jeunes|étudiants|droits|لجنة|هيئة|مجلس|نقابة|اتحاد|جمعية|مركز|شبكة
|منظمة|معهد|مؤسسة|مجموعة|حزب|وزارة|حركة|منتدى|تحالف|رابطة|وكالة|جامعة|كلية|مدرسة|قسم|نادي|دار|مشروع|حملة|مبادرة
|مكتب|فريق|إذاعة|مجلة|صحيفة|جريدة|نساء|شباب|طلاب|حقوق|مدونون|كتاب|لیژنە|دەستە|ئەنجومەن|سەندیکا|یەکێتی|کۆمەڵە
|کۆمەڵەی|ناوەند|ناوەندی|تۆڕ|تۆڕی|ڕێکخراو|ڕێکخراوی|پەیمانگا|دەزگا|دەزگای|گرووپ|گروپ|پارتی|وەزارەت|بزووتنەوە|کۆڕ
|هاوپەیمانی|ئاژانس|زانکۆ|قوتابخانە|یانە|پڕۆژە|هەڵمەت|نووسینگە|تیم|ژنان|لاوان|خوێندکاران|مافەکانی|komîte*
|komîsyon*|encûmen*|meclîs*|sendîka*|yekîtî*|komele*|navend*|tor|tora|rêxistin*|enstîtu*|weqf*|kom|koma|partî*
|tevger*|platform*|hevpeyman*|ajans*|zanîngeh*|dibistan*|projeya|kampanya*|ofîs*|tîma|kovar*|rojname*|jinan
|jinên|ciwan*|xwendekar*|mafên"""
"""Words of bodies, whose name is one whatever stands in it."""

SUFFIXES = "phd|ph d|md|m d|ma|m a|ba|msc|bsc|mba|jr|sr|ii|iii|iv|esq|dr|prof"
"""What follows a name behind a comma and is none."""

NAMES_WITH_WAW = """وليد وائل وسام وسيم وسن وفاء وداد وجدان وحيد وضاح ولاء وئام ورد وردة ورود وهيب وهب وجيه
وجيهة واثق وصفي وعد وديع وديعة وفيق وصال والي وليم ويليام ولي واصف وهاب وجدي وحيدة وثاب وضحى ورقاء وسمية وعدالله"""
"""Names that begin with the letter by which Arabic joins the next word."""
