// Visitors whose searches keep failing, as it happens, so that agents can step in.
import {useEffect, useState} from 'preact/hooks';
import {timestampDate, type Timestamp} from '@bufbuild/protobuf/wkt';
import {Radio, Search} from 'lucide-preact';
import type {WatchFailedSearchesResponse} from '../../gen/kbsearch/v1/search_service_pb';
import {codeOf, search} from '../shared/clients';
import {useConsole} from '../shared/console';
import {languageName, localeOf, type Language} from '../shared/language';

const SHOWN = 6;
// A server that went away is looked for again.
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
// Answers that trying again does not change.
const FINAL = ['unauthenticated', 'permission_denied', 'unimplemented', 'not_found', 'invalid_argument'];

async function follow(corpus: string, left: AbortSignal, see: (seen: WatchFailedSearchesResponse) => void) {
  for (let pause = FIRST_PAUSE_MS; !left.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      for await (const seen of search.watchFailedSearches({corpus}, {signal: left})) {
        pause = FIRST_PAUSE_MS;
        see(seen);
      }
    } catch (error) {
      // Without this list the desk is whole all the same.
      if (FINAL.includes(codeOf(error))) return;
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}

function formatClock(language: Language, time: Timestamp | undefined): string {
  return time ? timestampDate(time).toLocaleTimeString(localeOf(language), {timeStyle: 'short'}) : '';
}

// `look` puts a visitor's search into the desk's own field.
export function FailedSearches({look}: {look: (query: string) => void}) {
  const {corpus, language, words, say} = useConsole();
  const [sessions, setSessions] = useState<WatchFailedSearchesResponse[]>([]);
  useEffect(() => {
    setSessions([]);
    if (!corpus) return undefined;
    const left = new AbortController();
    void follow(corpus, left.signal, (seen) => setSessions((last) =>
      [seen, ...last.filter((other) => other.sessionId !== seen.sessionId)].slice(0, SHOWN)));
    return () => left.abort();
  }, [corpus]);
  if (!sessions.length) return null;
  return <aside class="failing" aria-labelledby="failing">
    <h2 id="failing"><Radio aria-hidden="true"/>{words.failingNow}</h2>
    <p>{words.failingHint}</p>
    <p class="hidden" role="status">{say(words.failingCount, {n: sessions.length})}</p>
    <ul>{sessions.map((session) => <li key={session.sessionId}>
      <span class="failing-queries" lang={session.languageCode}>{session.queries.map((query, i) =>
        <button key={i} type="button" onClick={() => look(query)} aria-label={say(words.lookUp, {query})}>
          <Search aria-hidden="true"/>{query}</button>)}</span>
      <small>{languageName(session.languageCode)} · {formatClock(language, session.lastFailedAt)}</small></li>)}</ul>
  </aside>;
}
