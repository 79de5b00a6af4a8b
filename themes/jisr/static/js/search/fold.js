// Words as the search compares them: the same as core/i18n/folding.py, which makes the index. The reasons are there.
const LETTERS = new Map();
for (const pair of "ی:ىيېێۍےۓ ک:كڪڬ ه:ھەہةۃ و:ۆۊۋ ر:ڕڒ ل:ڵڶ ف:ڤڥ ا:ٱٲٳٵ ء:\u0654\u0655\u0674 i:ı o:ø d:đ l:ł h:ħ oe:œ ae:æ ss:ß σ:ς :ـ".split(" ")) {
  const [same, letters] = pair.split(":");
  for (const letter of letters) LETTERS.set(letter, same);
}

const foldLetter = (letter) => {
  const code = letter.codePointAt();
  if ((code >= 0x660 && code < 0x66a) || (code >= 0x6f0 && code < 0x6fa)) return `${code & 15}`;
  return LETTERS.get(letter) ?? (/[\p{L}\p{N}]/u.test(letter) ? letter : /[\p{M}\p{Cf}]/u.test(letter) ? "" : " ");
};

const WITHIN = /['’](?=s(?![\p{L}\p{N}_]))|(?<=(?<![\p{L}\p{N}_])\p{L})(\.(?=\p{L}(?![\p{L}\p{N}_]))|-(?=\p{L}{2}))|(?<=\p{Nd})[.,](?=\p{Nd}{3}(?!\p{Nd}))/gu;
const fold = (text) =>
  Array.from(text.normalize("NFKD").toLowerCase().replace(WITHIN, ""), foldLetter).join("").replace(/(?<=ی)اء(?=ه(?!\S))|(?<=\S\Sا)یء(?=[اه])/g, "").replace(/(^|\s)یء(?=\S)|یء(?=و)|ء/g, "$1")
    .replace(/([ویی])\1+/g, "$1").trim().replace(/\s+/g, " ");

const strip = (word) => {
  const article = /^[وف]?(?:[بک]?ال|لل)(..+)$/u.exec(word)?.[1];
  if (article) return article.length > 2 ? [article] : [word, article];
  const forms = [word];
  for (let found; (found = /^(?:[وف](...+)|[بل](...+)|ک(....+))$/u.exec(forms.at(-1))); ) forms.push(found[1] ?? found[2] ?? found[3]);
  return forms;
};

// What is typed, as words of the index; the second of a pair says that a word of the index must be this one, not begin so.
// Two words are also looked for as one, which is in the same file where the first has three letters.
const readQuery = (typed) => {
  const words = [...new Set(fold(typed).split(" "))].filter((word) => word[1] || /\d/.test(word));
  const pairs = words.slice(1).map((word, at) => [words[at] + word]);
  return words.map((word, at) => {
    const [first, ...rest] = strip(word);
    return [[word], ...(first === word ? rest.map((form) => [form, 1]) : [[first]]), ...pairs.slice(Math.max(at - 1, 0), at + 1)];
  });
};

const fits = (word, [form, whole]) => (whole ? word === form : word.startsWith(form));

const isHit = (piece, forms) => fold(piece).split(" ").some((word) => [word, ...strip(word)].some((one) => forms.some((form) => fits(one, form))));
