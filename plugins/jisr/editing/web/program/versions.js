// What the web editor asks for in the versions of a text that is open: fields that an original needs, and an address.

// Say whether a version is the original, which needs what translations inherit. Of a new text it is the one in the language of
// the page; a version that lies in the repository and translates no other stays the original.
export function needs(draft, locale) {
  const of = (fields) => fields?.["translation.of"];
  if (of(draft.currentValues[locale])) return false;
  const written = Object.entries(draft.originalEntry?.locales ?? {});
  const [original] = written.find(([, { content }]) => !of(content)) ?? [written.length ? locale : draft.defaultLocale];
  return original === locale;
}

// Take the error from the address of a new text as soon as it is one.
export function mendedSlug(draft, locale) {
  const [pattern] = draft.collection.slug?.pattern ?? [];
  const validity = draft.validities[locale]?._slug;
  if (validity?.valid === false && new RegExp(pattern).test(draft.currentSlugs[locale]?.trim() ?? "")) {
    draft.validities[locale]._slug = { valid: true };
  }
}
