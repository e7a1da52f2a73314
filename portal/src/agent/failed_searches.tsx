// Visitors whose searches keep failing, as it happens.
import {useEffect, useState} from 'preact/hooks';
import {Radio} from 'lucide-preact';
import type {WatchFailedSearchesResponse} from '../../gen/kbsearch/v1/search_service_pb';
import {search} from '../shared/clients';
import {useConsole} from '../shared/console';
import {languageName} from '../shared/language';

const SHOWN = 6;

export function FailedSearches() {
  const {corpus, words} = useConsole();
  const [sessions, setSessions] = useState<WatchFailedSearchesResponse[]>([]);
  useEffect(() => {
    if (!corpus) return undefined;
    const left = new AbortController();
    const watch = async () => {
      for await (const seen of search.watchFailedSearches({corpus}, {signal: left.signal})) {
        setSessions((last) => [seen, ...last.filter((other) => other.sessionId !== seen.sessionId)].slice(0, SHOWN));
      }
    };
    // Without this list the desk is whole all the same.
    watch().catch(() => undefined);
    return () => left.abort();
  }, [corpus]);
  if (!sessions.length) return null;
  return <aside class="failing" aria-labelledby="failing">
    <h2 id="failing"><Radio aria-hidden="true"/>{words.failingNow}</h2>
    <ul>{sessions.map((session) => <li key={session.sessionId}>
      <span lang={session.languageCode}>{session.queries.join(' → ')}</span>
      <small>{languageName(session.languageCode)}</small></li>)}</ul>
  </aside>;
}
