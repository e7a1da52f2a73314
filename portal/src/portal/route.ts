// The address of what the portal shows: everything that matters is in it, so that
// it can be kept, sent and gone back to.
//
//   /?q=refund&lang=en                      results
//   /?q=refund&only=en,fr&kind=faq&cat=…    filtered
//   /?article=reset-password&version=fr     an article
//   /ticket?subject=…                       the ticket form
import {browserLanguage, isLanguage, type Language} from '../shared/language';

export interface Route {
  view: 'search' | 'ticket';
  corpus: string;
  lang: Language;
  q: string;
  verbatim: boolean;
  only: string[];
  kinds: string[];
  categories: string[];
  article: string;
  version: string;
  subject: string;
}

const list = (value: string | null) => (value ?? '').split(',').filter(Boolean);

export function parseRoute(location: {pathname: string; search: string}): Route {
  const query = new URLSearchParams(location.search);
  const lang = query.get('lang') ?? '';
  return {
    view: /\/ticket$/.test(location.pathname) ? 'ticket' : 'search',
    corpus: query.get('corpus') ?? '',
    lang: isLanguage(lang) ? lang : browserLanguage(),
    q: (query.get('q') ?? '').slice(0, 2000),
    verbatim: query.has('verbatim'),
    only: list(query.get('only')),
    kinds: list(query.get('kind')),
    // Categories are free text and may hold commas.
    categories: query.getAll('cat'),
    article: query.get('article') ?? '',
    version: query.get('version') ?? '',
    subject: query.get('subject') ?? '',
  };
}

export function formatRoute(route: Route): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string) => value && query.set(name, value);
  set('corpus', route.corpus);
  set('lang', route.lang);
  set('q', route.q);
  if (route.verbatim) query.set('verbatim', '1');
  set('only', route.only.join(','));
  set('kind', route.kinds.join(','));
  for (const category of route.categories) query.append('cat', category);
  set('article', route.article);
  set('version', route.version);
  set('subject', route.subject);
  return `${route.view === 'ticket' ? '/ticket' : '/'}?${query}`;
}
