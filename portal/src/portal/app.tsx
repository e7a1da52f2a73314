// The portal: search, articles, the ticket form.
import {useCallback, useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {LifeBuoy, Mail} from 'lucide-preact';
import {CallError, type Api} from '../shared/call';
import type {Config} from '../shared/config';
import {LANGUAGES, languageName, type Language} from '../shared/language';
import {ArticlePage} from './article';
import {PortalContext, usePortal, type LastSearch, type Portal} from './context';
import {Journey} from './journey';
import {Link} from './link';
import {Problem} from './problem';
import {Results} from './results';
import {formatRoute, parseRoute, type Route} from './route';
import {SearchBox} from './search_box';
import {TicketPage} from './ticket';

// The address is the state; going somewhere changes it.
function useRoute(config: Config) {
  const read = useCallback((): Route => {
    const route = parseRoute(location);
    return {...route, corpus: route.corpus || config.corpora[0] || ''};
  }, [config]);
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const onPop = () => setRoute(read());
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  const href = (changes: Partial<Route>) => formatRoute({...route, ...changes});
  const go = (changes: Partial<Route>, replace = false) => {
    const address = href(changes);
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setRoute(read());
  };
  return {route, href, go};
}

export function App({api, config}: {api: Api; config: Config}) {
  const {route, href, go} = useRoute(config);
  const journey = useMemo(() => new Journey(api), []);
  const last = useRef<LastSearch>({run: 0, key: ''});
  const portal: Portal = useMemo(() => ({api, config, route, href, go, journey, last: last.current}), [route]);
  useEffect(() => {
    const leave = () => journey.leave();
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);
  useEffect(() => {
    document.documentElement.lang = route.lang;
  }, [route.lang]);
  return <PortalContext.Provider value={portal}>
    <Page/>
  </PortalContext.Provider>;
}

function Page() {
  const {route, config, words} = usePortal();
  const home = route.view === 'search' && !route.q && !route.article;
  useEffect(() => {
    if (home) document.title = words.title;
  }, [home, route.lang]);
  return <>
    <a class="skip" href="#main">{words.skip}</a>
    <Header home={home}/>
    <main id="main" class={home ? 'home' : ''} tabIndex={-1}>
      {config.unavailable ? <Problem error={new CallError('unavailable', '')}/> : home ? <Home/> : route.view === 'ticket' && !route.article ? <TicketPage/>
        : route.article ? <ArticlePage/> : <Results/>}
    </main>
  </>;
}

function Header({home}: {home: boolean}) {
  const {route, config, go, words} = usePortal();
  return <header class={home ? 'bar on-hero' : 'bar'}>
    <Link class="brand" to={{view: 'search', q: '', article: '', version: '', subject: '', verbatim: false,
      only: [], kinds: [], categories: []}}><LifeBuoy aria-hidden="true"/><span>{words.title}</span></Link>
    {!home && <SearchBox large={false}/>}
    <div class="choices">
      {config.corpora.length > 1 && <label><span class="hidden">{words.corpus}</span>
        <select value={route.corpus} onChange={(event) => go({corpus: event.currentTarget.value, article: ''})}>
          {config.corpora.map((corpus) => <option key={corpus}>{corpus}</option>)}</select></label>}
      <label><span class="hidden">{words.language}</span>
        <select value={route.lang} onChange={(event) => go({lang: event.currentTarget.value as Language, version: ''}, true)}>
          {LANGUAGES.map((code) => <option key={code} value={code} lang={code}>{languageName(code)}</option>)}
        </select></label>
    </div>
  </header>;
}

function Home() {
  const {config, words} = usePortal();
  return <>
    <section class="hero">
      <h1>{words.welcome}</h1>
      <SearchBox large={true}/>
      <p class="hint">{config.corpora.length ? words.searchHint : words.noCorpus}</p>
    </section>
    <section class="contact">
      <Mail aria-hidden="true"/>
      <div><h2>{words.contactTitle}</h2><p>{words.contactText}</p></div>
      <Link class="button" to={{view: 'ticket'}}>{words.write}</Link>
    </section>
  </>;
}
