"""Stop words and letters that distinguish languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SORANI_LETTERS = frozenset("ڕڵۆێە")  # no other of our languages has them
PERSIAN_SORANI_LETTERS = frozenset("پچژگ")  # Persian and Sorani, never Arabic
KURMANJI_LETTERS = frozenset("êîûşç")  # French has four of them, rarely
OTHER_ARABIC_LETTERS = frozenset("ٹڈڑںےټډړږښڼۍځڅېۇۈۋڭݢڬ")  # Urdu, Pashto, Uyghur, Malay
OTHER_LATIN_LETTERS = frozenset("ıığñßäåøæōőűžčćđšřěąęłńóśźż¿¡")

_STOPWORD_LISTS = {
    "ar": """في من على إلى الى عن أن ان إن هذا هذه ذلك تلك التي الذي الذين كان كانت لم لن لا ما هو هي نحن أنا هم قد كل بعد
        قبل مع بين عند حتى ثم أو او كما لكن ليس أكثر اليوم منذ حول دون غير يوم لأن إذا كيف لماذا هل أين متى وقد ومن وفي
        وهو وهي وكان ولا لنا لي لهم له لها به بها فيه فيها منه منها عليه عليها كنت كنا نكتب كتبت يجب يمكن نحو ضد أي يا
        نعم شكرا مرة هنا هناك الآن""",
    "fa": """از به که را این آن است بود شد با برای تا هم یا اما اگر هر چه چرا ما من تو او شما آنها نیست بودند شده کرد کردم
        کردیم می نمی ها های بر در یک دو هیچ همه خود خیلی باید باشد دارد داریم کنیم کنم کند روی زیر پس دیگر نیز امروز
        دیروز فردا وقتی هنوز شود خواهد بودم رفتم رفتیم گفت نوشتم دارم ای مردم سال روز خانه""",
    "ckb": """له لە بۆ و ئەم ئەو که کە لەگەڵ بە هەر نییە بوو دەکات دەکەین ئێمە من تۆ ئێوە ئەوان هەموو زۆر بەڵام یان ئەگەر چۆن
        کەی لێرە ئێستا دوای پێش نێوان دەبێت بکەین هەیە نیه بۆچی جار ئه‌م ئه‌و به‌ بۆ هه‌موو به‌ڵام ئیمه ناو لەسەر سەر
        ژیر ساڵی ڕۆژی""",
    "kmr": """ku li ji bi di û ev ew min xwe ye bû bûn dike dikin em hûn ez tu wan wî wê vê vî her gelek lê jî çi kî çawa dema
        piştî berî divê hemû tenê îro niha bo heye hene nîne ne na yek du sê gotin got kir kirin dibe dibin bêtir
        navbera ser bin cem hev ne malê roj sal kesek kes ên yên yê yekî jê wek wekî heta çend çima hîn êdî carek dîsa
        gava bila dê wê nav hatin hat çû çûn""",
    "fr": """le la les des du et est une un que qui pour dans pas sur avec nous vous ils elle il je tu ce cette ces son sa
        ses mon ma mes notre votre leur leurs au aux en par plus mais ou où donc ne se sont été être avoir ont avons
        fait comme tout tous sans sous après avant quand aussi très bien chez entre encore aujourd hui hier demain était
        y on si même peu deux l d qu c j n s""",
    "en": """the of and to in is was are were that this these those with for from on at by an it its we you they he she our
        your their his her my not have has had be been will would can could what when where which who how why there here
        than then into about after before more most some any all but or if so no yes i do did does as out up new today
        yesterday tomorrow us them a""",
}
STOPWORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {tag: frozenset(words.split()) for tag, words in _STOPWORD_LISTS.items()}
)

# Of languages that would be confused with one of ours: Turkish, German, Spanish, Italian, Dutch, Swedish, Portuguese.
OTHER_LANGUAGE_WORDS = (
    frozenset(
        """ve bir bu için ile çok daha gibi olan olarak değil var yok ama ben sen biz siz onlar şey kadar sonra her
    der die das und ist nicht ein eine wir ich sie mit von zu auf für den dem im auch
    el los las una por con para como más pero no su sus del y es está muy este esta
    il lo gli che è non per una di della sono con più anche del nel questo
    het een en van niet dat zijn op voor met te aan ook maar
    och att det som en är på av inte vi jag har med till den ett
    o os as um uma não que com do da em são mais e""".split()
    )
    - STOPWORDS["kmr"]
    - STOPWORDS["en"]
    - STOPWORDS["fr"]
)
