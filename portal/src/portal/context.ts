// What every part of the portal may use.
import {createContext} from 'preact';
import {useContext} from 'preact/hooks';
import type {SearchResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import type {Api} from '../shared/call';
import type {Config} from '../shared/config';
import {fill, type Language, type Text} from '../shared/language';
import type {Journey} from './journey';
import type {Route} from './route';
import * as el from '../../strings/el.json';
import * as en from '../../strings/en.json';
import * as fr from '../../strings/fr.json';
import * as nl from '../../strings/nl.json';
import * as ru from '../../strings/ru.json';

export type Words = typeof en.portal;
const STRINGS: Record<Language, Words> =
  {el: el.portal, en: en.portal, fr: fr.portal, nl: nl.portal, ru: ru.portal};

export interface LastSearch {
  // Counts the searches that the visitor made: the same words again are a new one.
  run: number;
  key: string;
  answer?: SearchResponseJson;
}

export interface Portal {
  api: Api;
  config: Config;
  route: Route;
  // Goes to the route with these changes; `replace` leaves no step back.
  go: (changes: Partial<Route>, replace?: boolean) => void;
  href: (changes: Partial<Route>) => string;
  journey: Journey;
  // The last search's answer: going back to it asks nothing, and counts nothing.
  last: LastSearch;
}

export const PortalContext = createContext<Portal>(null as unknown as Portal);

export function usePortal() {
  const portal = useContext(PortalContext);
  const words = STRINGS[portal.route.lang];
  const say = (text: Text, values?: Record<string, string | number>) => fill(portal.route.lang, text, values);
  return {...portal, words, say};
}

export function kindName(words: Words, kind: string | undefined): string {
  const name = (kind ?? '').replace('ARTICLE_KIND_', '').toLowerCase() as keyof Words['kinds'];
  return words.kinds[name] ?? '';
}
