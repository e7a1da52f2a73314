// Which language a page speaks, and its words. The words are data:
// portal/strings/<language>.json, a section a page.
export const LANGUAGES = ['el', 'en', 'fr', 'nl', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

const NAMES: Record<string, string> = {
  el: 'Ελληνικά', en: 'English', fr: 'Français', nl: 'Nederlands', ru: 'Русский',
  da: 'Dansk', de: 'Deutsch', es: 'Español', fi: 'Suomi', it: 'Italiano', pt: 'Português',
  ro: 'Română', sv: 'Svenska', uk: 'Українська',
};

// The language's own name for itself.
export function languageName(code: string | undefined): string {
  return NAMES[code ?? ''] ?? code ?? '';
}

// The language's name in another: "el" in "fr" → "grec".
export function foreignName(language: Language, code: string): string {
  return new Intl.DisplayNames([language], {type: 'language'}).of(code) ?? code;
}

export function isLanguage(code: string): code is Language {
  return (LANGUAGES as readonly string[]).includes(code);
}

// The first of the browser's languages that the page speaks: "fr-BE" → "fr".
export function browserLanguage(wishes: readonly string[] = navigator.languages): Language {
  for (const wish of wishes) {
    const base = wish.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(base)) return base;
  }
  return 'en';
}

// The language as the browser's user writes dates in it: "en" → "en-GB".
export function localeOf(language: Language): string {
  return navigator.languages.find((wish) => wish.toLowerCase().split('-')[0] === language) ?? language;
}

// A text, or its plural forms by CLDR category: {"one": …, "few": …, "other": …}.
export type Text = string | {other: string; [category: string]: string};

// "{n} results" with {n: 3}. `n` chooses among plural forms and is written in the
// language's own digits and groups.
export function fill(language: Language, text: Text, values: Record<string, string | number> = {}): string {
  const count = values.n;
  const form = typeof text === 'string' ? text
    : text[new Intl.PluralRules(language).select(Number(count ?? 0))] ?? text.other;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}

export function formatDate(language: Language, time: string | undefined): string {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleDateString(localeOf(language), {dateStyle: 'long'});
}
