// The agents' desk: a ticket pasted, or a few words typed, on the left; what
// answers it on the right; the reply being written below.
import {useEffect, useRef, useState} from 'preact/hooks';
import {Copy, Keyboard, Undo2} from 'lucide-preact';
import type {Hit} from '../../gen/kbsearch/v1/search_service_pb';
import {search} from '../shared/clients';
import {Failure, useCall, useConsole, useKept} from '../shared/console';
import {languageName} from '../shared/language';
import {FailedSearches} from './failed_searches';
import {Finding} from './finding';

const PAUSE_MS = 350;
// What is longer, or has lines, is a ticket; what is not, a query.
const LONGEST_QUERY = 120;
const MAX_FOUND = 10;
// The weightiest terms say what was understood.
const MAX_TERMS = 10;

export interface Found {
  hits: {hit: Hit; confidence?: number}[];
  query: string;
  terms: string[];
  languages: string[];
  abstained: boolean;
  suggestionId: string;
  searchId: string;
}
const NOTHING: Found =
  {hits: [], query: '', terms: [], languages: [], abstained: false, suggestionId: '', searchId: ''};

export function isTicket(text: string): boolean {
  return text.trim().length > LONGEST_QUERY || text.trim().includes('\n');
}

async function find(corpus: string, language: string, text: string, signal: AbortSignal): Promise<Found> {
  const trimmed = text.trim();
  if (!trimmed || !corpus) return NOTHING;
  if (!isTicket(trimmed)) {
    const answer = await search.search(
      {corpus, query: trimmed, languageCode: language, pageSize: MAX_FOUND}, {signal});
    return {...NOTHING, query: trimmed, searchId: answer.searchId, hits: answer.hits.map((hit) => ({hit}))};
  }
  const [subject = '', ...lines] = trimmed.split('\n');
  const body = lines.length ? lines.join('\n') : trimmed;
  const answer = await search.suggestArticles(
    {corpus, subject: lines.length ? subject : '', body, languageCode: language, maxSuggestions: 5}, {signal});
  return {
    hits: answer.suggestions.flatMap(({hit, confidence}) => hit ? [{hit, confidence}] : []),
    query: answer.terms.join(' '), terms: answer.terms, languages: answer.languageCodes,
    abstained: answer.abstained, suggestionId: answer.suggestionId, searchId: '',
  };
}

function usePause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

// The text to find answers to. A visitor's search takes its place; what the agent
// wrote or pasted is set aside, to be put back.
function useTicket() {
  const [text, setText] = useKept('ticket');
  const [aside, setAside] = useKept('aside');
  const [looked, setLooked] = useKept('looked');
  const isOwn = text.trim() !== '' && text !== looked;
  const look = (query: string) => {
    // A few words typed in between do not push a ticket out.
    if (isOwn && (!aside || isTicket(text))) setAside(text);
    setLooked(query);
    setText(query);
  };
  const putBack = () => {
    setText(aside);
    setAside(isOwn ? text : '');
  };
  return {text, setText, aside, look, putBack};
}

export function Desk() {
  const {corpus, language, words} = useConsole();
  // Kept in the tab: a token that ends, or a reload, loses nothing.
  const {text, setText, aside, look, putBack} = useTicket();
  const [reply, setReply] = useKept('reply');
  const [notice, setNotice] = useState('');
  const settled = usePause(text);
  const list = useRef<HTMLOListElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const loaded = useCall(`${corpus} ${language} ${settled}`,
    (signal) => find(corpus, language, settled, signal));
  const found = loaded.value ?? NOTHING;
  const copy = async (what: string) => {
    await navigator.clipboard.writeText(what);
    setNotice(words.copied);
  };
  const insert = (what: string) => {
    setReply((last) => last.trim() ? `${last.trimEnd()}\n\n${what}` : what);
    setNotice(words.inserted);
  };
  return <div class="desk">
    <section class="desk-left">
      <h1 class="hidden">{words.agentTitle}</h1>
      <label for="ticket">{words.ticketInput}</label>
      <textarea id="ticket" ref={field} rows={12} value={text} autofocus maxLength={200000}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            list.current?.querySelector<HTMLElement>('button')?.focus();
          }
        }}/>
      {aside && <p class="reply-actions"><button type="button" onClick={() => { putBack(); field.current?.focus(); }}>
        <Undo2 aria-hidden="true"/>{words.putBack}</button></p>}
      <p class="keys"><Keyboard aria-hidden="true"/>{words.keysHint}</p>
      <Understood found={found}/>
      <label for="reply">{words.reply}</label>
      <textarea id="reply" rows={8} value={reply} onInput={(event) => setReply(event.currentTarget.value)}/>
      <p class="reply-actions"><button type="button" disabled={!reply} onClick={() => copy(reply)}>
        <Copy aria-hidden="true"/>{words.copyReply}</button>
        <span role="status">{notice}</span></p>
    </section>
    <section class="desk-right" aria-busy={loaded.busy} aria-label={words.found}>
      <Failure error={loaded.error} retry={loaded.reload}/>
      <Empty text={settled} found={found} busy={loaded.busy} failed={!!loaded.error}/>
      <ol class="findings" ref={list} onKeyDown={moveInList}>{found.hits.map(({hit, confidence}, i) =>
        <Finding key={`${hit.languageCode} ${hit.articleId}`} hit={hit} confidence={confidence} found={found}
          position={i + 1} copy={copy} insert={insert}/>)}</ol>
      <FailedSearches look={(query) => { look(query); field.current?.focus(); }}/>
    </section>
  </div>;
}

// Arrows go from finding to finding.
function moveInList(event: KeyboardEvent) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step || (event.target as HTMLElement).tagName === 'TEXTAREA') return;
  const titles = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.finding-title')];
  const item = (event.target as HTMLElement).closest('li');
  const next = titles[titles.findIndex((title) => item?.contains(title)) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Understood({found}: {found: Found}) {
  const {words} = useConsole();
  if (!found.terms.length) return <p class="terms"/>;
  return <p class="terms"><span>{words.lookedFor}</span>
    {found.terms.slice(0, MAX_TERMS).map((term) => <span key={term} class="badge">{term}</span>)}
    {found.languages.map((code) => <span key={code} class="badge good">{languageName(code)}</span>)}
  </p>;
}

function Empty({text, found, busy, failed}: {text: string; found: Found; busy: boolean; failed: boolean}) {
  const {words} = useConsole();
  if (found.hits.length || failed) return null;
  const message = !text.trim() ? words.deskHint : busy ? '' : found.abstained ? words.abstained : words.nothing;
  return <p class="desk-empty" role="status">{message}</p>;
}
