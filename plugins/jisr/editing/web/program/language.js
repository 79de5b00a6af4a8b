// Speak the language of the page, unless whoever works here chose another. This runs before the editor reads its preferences.
const PREFERENCES = "sveltia-cms.prefs";
const OURS = "jisr.locale"; // what was set here: another page of the editor may change it
const locale = document.documentElement.lang === "en" ? "en-US" : document.documentElement.lang;
const stored = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}");
if (!stored.locale || stored.locale === localStorage.getItem(OURS)) {
  localStorage.setItem(PREFERENCES, JSON.stringify({ ...stored, locale }));
  localStorage.setItem(OURS, locale);
}
