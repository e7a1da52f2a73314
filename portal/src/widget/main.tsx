// The widget: help in any site's page, by one script tag (docs/pages.md).
//
//   <script src="https://help.example/widget.js" data-corpus="shop"></script>
//
// It stands where the script tag stands, or in the element that data-target
// selects; a shadow root keeps its looks and the site's apart.
import {render} from 'preact';
import {Api} from '../shared/call';
import {browserLanguage, fill, isLanguage, type Language, type Text} from '../shared/language';
import * as el from '../../strings/el.json';
import * as en from '../../strings/en.json';
import * as fr from '../../strings/fr.json';
import * as nl from '../../strings/nl.json';
import * as ru from '../../strings/ru.json';
import styles from '../../styles/widget.css';
import {SearchWidget} from './search';
import {SuggestWidget} from './suggest';

export type Words = typeof en.widget;
const STRINGS: Record<Language, Words> =
  {el: el.widget, en: en.widget, fr: fr.widget, nl: nl.widget, ru: ru.widget};

export interface Site {
  api: Api;
  base: string;  // of the help centre
  corpus: string;
  language: Language;
  words: Words;
  say: (text: Text, values?: Record<string, number>) => string;
  // Tells the site's page: an event "kbsearch:<name>" on the widget's element.
  tell: (name: string, detail: object) => void;
}

export function articleAddress(site: Site, id: string, language: string): string {
  return `${site.base}/?${new URLSearchParams({corpus: site.corpus, lang: site.language, article: id, version: language})}`;
}

// <html lang="fr-BE"> speaks before the browser does.
function languageOf(script: HTMLScriptElement): Language {
  const wished = (script.dataset.language || document.documentElement.lang).toLowerCase().split('-')[0] ?? '';
  return isLanguage(wished) ? wished : browserLanguage();
}

function placeOf(script: HTMLScriptElement): HTMLElement {
  const host = document.createElement('div');
  const target = script.dataset.target ? document.querySelector(script.dataset.target) : null;
  if (target) target.append(host);
  else script.after(host);
  return host;
}

function start(script: HTMLScriptElement): void {
  const host = placeOf(script);
  const root = host.attachShadow({mode: 'open'});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const base = new URL(script.src).origin;
  const language = languageOf(script);
  const site: Site = {
    base, language, corpus: script.dataset.corpus ?? '', words: STRINGS[language],
    api: new Api({base, token: () => ''}),
    say: (text, values) => fill(language, text, values),
    tell: (name, detail) =>
      host.dispatchEvent(new CustomEvent(`kbsearch:${name}`, {detail, bubbles: true, composed: true})),
  };
  const {subject, body, suggestionField} = script.dataset;
  render(body || subject
    ? <SuggestWidget site={site} subject={subject} body={body} field={suggestionField}/>
    : <SearchWidget site={site}/>, root);
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  // Fields and targets may stand below the tag.
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => start(script));
  else start(script);
}
