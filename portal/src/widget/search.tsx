// A search box with the best answers below it, for any page.
import {useEffect, useRef, useState} from 'preact/hooks';
import type {HitJson, SearchResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import {sessionId} from '../shared/storage';
import {Spans} from '../shared/text';
import {articleAddress, type Site} from './main';

const PAUSE_MS = 150;
const HITS = 5;

export function SearchWidget({site}: {site: Site}) {
  const {words} = site;
  const [query, setQuery] = useState('');
  const [answer, setAnswer] = useState<SearchResponseJson>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!query.trim()) return setAnswer(undefined);
    const stale = new AbortController();
    const timer = setTimeout(() => {
      site.api.search({corpus: site.corpus, query, languageCode: site.language, pageSize: HITS,
        sessionId: sessionId()}, stale.signal).then(setAnswer, () => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stale.abort();
    };
  }, [query]);
  const hits = answer?.hits ?? [];
  const clicked = (hit: HitJson, position: number) => void site.api.record({
    corpus: site.corpus, type: 'TYPE_CLICK', searchId: answer?.searchId, articleId: hit.articleId,
    languageCode: hit.languageCode, position, sessionId: sessionId()});
  return <div class="widget" lang={site.language} ref={box} role="search"
      onKeyDown={(event) => event.key === 'Escape' && setAnswer(undefined)}>
    <label for="query">{words.query}</label>
    <input id="query" type="search" autocomplete="off" maxLength={2000} value={query}
      onInput={(event) => setQuery(event.currentTarget.value)}/>
    {answer && <div class="panel">
      <p class="status" role="status">{hits.length ? words.results : words.none}</p>
      <ul>{hits.map((hit, i) => <li key={`${hit.languageCode} ${hit.articleId}`} lang={hit.languageCode}>
        <a href={articleAddress(site, hit.articleId ?? '', hit.languageCode ?? '')} target="_blank" rel="noopener"
          onClick={() => clicked(hit, i + 1)}>{hit.title}</a>
        <p>{hit.answer ?? <Spans spans={hit.snippet}/>}</p></li>)}</ul>
    </div>}
  </div>;
}
