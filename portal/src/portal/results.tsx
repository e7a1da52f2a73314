// What a search found: what was done to the query, facets, hits, and the next
// step when nothing was found.
import {useEffect, useRef, useState} from 'preact/hooks';
import {SearchX} from 'lucide-preact';
import type {SearchRequestJson, SearchResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import {CallError, isAbort} from '../shared/call';
import {sessionId} from '../shared/storage';
import {usePortal} from './context';
import {Facets} from './facets';
import {HitItem} from './hit';
import {Link} from './link';
import {Problem} from './problem';
import {Rewrites} from './rewrites';
import type {Route} from './route';

const PAGE = 10;

function requestOf(route: Route): SearchRequestJson {
  return {
    corpus: route.corpus, query: route.q, languageCode: route.lang, languages: route.only,
    pageSize: PAGE, verbatim: route.verbatim, sessionId: sessionId(),
    filter: {
      kinds: route.kinds.map((kind) => `ARTICLE_KIND_${kind.toUpperCase()}`) as never[],
      categories: route.categories,
    },
    facets: ['language', 'kind', 'category'],
  };
}

interface Found {
  answer?: SearchResponseJson;
  error?: CallError;
  busy: boolean;
}

// The answer to the route's query. While the next one is on its way the last one
// stays, so that nothing jumps.
function useSearch(): [Found, () => Promise<void>] {
  const {api, route, journey, last} = usePortal();
  const request = requestOf(route);
  const key = `${last.run} ${JSON.stringify(request)}`;
  const known = last.key === key ? last.answer : undefined;
  const [found, setFound] = useState<Found>({answer: known, busy: !known});
  const current = useRef(key);
  current.current = key;
  const take = (answer: SearchResponseJson) => {
    Object.assign(last, {key, answer});
    setFound({answer, busy: false});
  };
  useEffect(() => {
    if (known) return take(known);
    const stale = new AbortController();
    setFound(({answer}) => ({answer, busy: true}));
    api.search(request, stale.signal).then(take, (error) => isAbort(error) || setFound({error, busy: false}));
    return () => stale.abort();
  }, [key]);
  const {answer} = found;
  useEffect(() => {
    if (answer?.searchId) {
      journey.show({corpus: route.corpus, searchId: answer.searchId, answers: answer.hits?.some((hit) => hit.answer)});
    }
  }, [answer?.searchId]);
  const more = async () => {
    if (!answer?.nextPageToken) return;
    setFound({answer, busy: true});
    try {
      const next = await api.search({...request, facets: [], pageToken: answer.nextPageToken});
      if (current.current !== key) return;
      take({...next, facets: answer.facets, interpretation: answer.interpretation,
        searchId: answer.searchId, hits: [...(answer.hits ?? []), ...(next.hits ?? [])]});
    } catch (error) {
      // The pages' generation may be gone: the list stays, without its end.
      if (current.current === key) take({...answer, nextPageToken: ''});
    }
  };
  return [found, more];
}

export function Results() {
  const {route, words, say} = usePortal();
  const [found, more] = useSearch();
  const {answer, error, busy} = found;
  const hits = answer?.hits ?? [];
  const filtered = route.only.length + route.kinds.length + route.categories.length > 0;
  const status = !answer ? (busy ? words.searching : '')
    : hits.length ? say(words.found, {n: Math.max(hits.length, Number(answer.totalSize ?? 0))})
    : say(words.none, {query: route.q});
  useEffect(() => {
    document.title = `${route.q} – ${words.title}`;
  }, [route.q, route.lang]);

  if (error) return <Problem error={error}/>;
  return <div class="results" aria-busy={busy}>
    <h1 class="hidden">{words.results}</h1>
    <Facets facets={answer?.facets ?? []}/>
    <div class="results-main">
      <p class="status" role="status">{hits.length || !answer ? status : <span class="hidden">{status}</span>}</p>
      {answer && <Rewrites rewrites={answer.interpretation?.rewrites ?? []}/>}
      {!answer && <Skeleton/>}
      {answer && !hits.length && <Nothing filtered={filtered}/>}
      <ol class="hits">{hits.map((hit, i) =>
        <HitItem key={`${answer?.searchId} ${hit.languageCode} ${hit.articleId}`} hit={hit} position={i + 1}/>)}</ol>
      {answer?.nextPageToken &&
        <button type="button" class="more" disabled={busy} onClick={more}>{words.more}</button>}
      {hits.length > 0 && <NextStep/>}
    </div>
  </div>;
}

function Skeleton() {
  return <div class="skeleton" aria-hidden="true">{[0, 1, 2, 3].map((i) => <div key={i}><i/><i/><i/></div>)}</div>;
}

function NextStep() {
  const {route, words} = usePortal();
  return <p class="next-step">{words.notFoundYet}{' '}
    <Link to={{view: 'ticket', subject: route.q}}>{words.write}</Link></p>;
}

function Nothing({filtered}: {filtered: boolean}) {
  const {route, words, say} = usePortal();
  return <section class="nothing">
    <SearchX aria-hidden="true"/>
    <h2>{say(words.none, {query: route.q})}</h2>
    <p>{words.noneHint}</p>
    <p class="buttons">
      {filtered && <Link class="button" to={{only: [], kinds: [], categories: []}}>{words.clearFilters}</Link>}
      <Link class="button primary" to={{view: 'ticket', subject: route.q}}>{words.write}</Link>
    </p>
  </section>;
}
