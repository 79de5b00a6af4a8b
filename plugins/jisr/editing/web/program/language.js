// Speak the language of the page, unless whoever works here chose another. This runs before the editor reads its preferences.
const PREFERENCES = "sveltia-cms.prefs";
const { lang } = document.documentElement;
const stored = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}");
if (!stored.locale) localStorage.setItem(PREFERENCES, JSON.stringify({ ...stored, locale: lang === "en" ? "en-US" : lang }));
