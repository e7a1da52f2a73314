// What the agents' and the operators' page share: a token to begin with, a header
// with corpus and language, calls that tell how they went.
import {createContext, type ComponentChildren} from 'preact';
import {useContext, useEffect, useRef, useState} from 'preact/hooks';
import {KeyRound, LifeBuoy, LogOut, TriangleAlert} from 'lucide-preact';
import {codeOf, messageOf} from './clients';
import {browserLanguage, fill, isLanguage, LANGUAGES, languageName, type Language, type Text} from './language';
import type {Config} from './config';
import {mayLeave} from './editing';
import {kept, token} from './storage';
import * as el from '../../strings/el.json';
import * as en from '../../strings/en.json';
import * as fr from '../../strings/fr.json';
import * as nl from '../../strings/nl.json';
import * as ru from '../../strings/ru.json';

export type Words = typeof en.console;
const STRINGS: Record<Language, Words> =
  {el: el.console, en: en.console, fr: fr.console, nl: nl.console, ru: ru.console};

export interface Console {
  language: Language;
  corpus: string;
  corpora: string[];
}
export const ConsoleContext = createContext<Console>({language: 'en', corpus: '', corpora: []});

export function useConsole() {
  const state = useContext(ConsoleContext);
  const words = STRINGS[state.language];
  const say = (text: Text, values?: Record<string, string | number>) => fill(state.language, text, values);
  const number = (value: number | bigint) => value.toLocaleString(state.language);
  const percent = (value: number) =>
    value.toLocaleString(state.language, {style: 'percent', maximumFractionDigits: 1});
  return {...state, words, say, number, percent};
}

// A parameter of the address that is also state: kept, sent, gone back to. With
// `leaves`, another value puts something else in the place of what is edited.
export function useParameter(name: string, initial: string, leaves = false): [string, (value: string) => void] {
  const read = () => new URLSearchParams(location.search).get(name) ?? initial;
  const [value, setValue] = useState(read);
  const [, drawAgain] = useState({});
  useEffect(() => {
    const onPop = () => setValue(read());
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  return [value, (next) => {
    // The list that it was chosen from shows the old value again.
    if (leaves && !mayLeave()) return drawAgain({});
    const query = new URLSearchParams(location.search);
    query.set(name, next);
    history.pushState(null, '', `?${query}`);
    setValue(next);
  }];
}

// A text that outlives a reload of its tab, until somebody signs out. Who adds to
// it gives a function of the text as it is by then: it may have been typed into.
export function useKept(name: string): [string, (next: string | ((last: string) => string)) => void] {
  const [value, setValue] = useState(() => kept.get(name));
  const latest = useRef(value);
  return [value, (next) => {
    latest.current = typeof next === 'function' ? next(latest.current) : next;
    kept.set(name, latest.current);
    setValue(latest.current);
  }];
}

export function Shell({title, config, children}:
    {title: (words: Words) => string; config: Config; children: ComponentChildren}) {
  const {corpora} = config;
  const [lang, setLang] = useParameter('lang', browserLanguage());
  const [corpus, setCorpus] = useParameter('corpus', corpora[0] ?? '', true);
  const [signedIn, setSignedIn] = useState(token.get() !== '');
  const language = isLanguage(lang) ? lang : 'en';
  const words = STRINGS[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title(words);
  }, [language]);
  return <ConsoleContext.Provider value={{language, corpus, corpora}}>
    <a class="skip" href="#main">{words.skip}</a>
    <header class="bar">
      <a class="brand" href="/"><LifeBuoy aria-hidden="true"/><span>{title(words)}</span></a>
      <div class="choices">
        {corpora.length > 1 && <label><span class="hidden">{words.corpus}</span>
          <select value={corpus} onChange={(event) => setCorpus(event.currentTarget.value)}>
            {corpora.map((name) => <option key={name}>{name}</option>)}</select></label>}
        <label><span class="hidden">{words.language}</span>
          <select value={language} onChange={(event) => setLang(event.currentTarget.value)}>
            {LANGUAGES.map((code) => <option key={code} value={code} lang={code}>{languageName(code)}</option>)}
          </select></label>
        {signedIn && <button type="button" class="quiet" onClick={() => {
          if (!mayLeave()) return;
          token.set('');
          kept.clear();
          setSignedIn(false);
        }}>
          <LogOut aria-hidden="true"/>{words.signOut}</button>}
      </div>
    </header>
    <main id="main" tabIndex={-1}>
      {config.unavailable ? <Unreachable/> : signedIn ? children : <SignIn done={() => setSignedIn(true)}/>}
    </main>
  </ConsoleContext.Provider>;
}

function Unreachable() {
  const {words} = useConsole();
  return <div class="failure" role="alert"><TriangleAlert aria-hidden="true"/>
    <div><strong>{words.errors.unavailable}</strong>
      <p><button type="button" onClick={() => location.reload()}>{words.tryAgain}</button></p></div></div>;
}

function SignIn({done}: {done: () => void}) {
  const {words} = useConsole();
  const [value, setValue] = useState('');
  return <form class="card access" onSubmit={(event) => {
    event.preventDefault();
    token.set(value);
    done();
  }}>
    <h1><KeyRound aria-hidden="true"/>{words.signIn}</h1>
    <p>{words.signInHint}</p>
    <label for="token">{words.token}</label>
    <input id="token" type="password" autocomplete="off" required value={value}
      onInput={(event) => setValue(event.currentTarget.value)}/>
    <button type="submit" class="primary">{words.signInButton}</button>
  </form>;
}

// What may be over by the next try.
const PASSING = ['unavailable', 'resource_exhausted', 'deadline_exceeded', 'unknown'];

// What went wrong, in the reader's language, and what the server said of it.
// `retry` asks once more.
export function Failure({error, retry}: {error: unknown; retry?: () => void}) {
  const {words} = useConsole();
  if (!error) return null;
  const code = codeOf(error);
  const text = words.errors[code as keyof Words['errors']] ?? words.errors.unknown;
  return <div class="failure" role="alert">
    <TriangleAlert aria-hidden="true"/>
    <div><strong>{text}</strong>{messageOf(error) && <p lang="en">{messageOf(error)}</p>}
      {retry && PASSING.includes(code) && <p><button type="button" onClick={retry}>{words.tryAgain}</button></p>}
      {code === 'unauthenticated' && <button type="button" onClick={() => { token.set(''); location.reload(); }}>
        {words.otherToken}</button>}
    </div>
  </div>;
}

export interface Loaded<T> {
  value?: T;
  error?: unknown;
  busy: boolean;
  reload: () => void;
}

// What a call answers; asked again when `key` changes. The last answer stays while
// the next is on its way.
export function useCall<T>(key: string, make: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{value?: T; error?: unknown; busy: boolean}>({busy: true});
  const [run, setRun] = useState(0);
  useEffect(() => {
    const stale = new AbortController();
    setState((last) => ({value: last.value, busy: true}));
    make(stale.signal).then((value) => stale.signal.aborted || setState({value, busy: false}),
      (error) => stale.signal.aborted || setState({error, busy: false}));
    return () => stale.abort();
  }, [key, run]);
  return {...state, reload: () => setRun((n) => n + 1)};
}

// What a call of this key has loaded, to be edited. Undefined until it is there
// and while another key is loading: nobody saves over what was never shown.
export function useDraft<T, D>(key: string, loaded: Loaded<T>, make: (value: T) => D):
    [D | undefined, (draft: D) => void] {
  const [draft, setDraft] = useState<{key: string; value: D}>();
  const set = (value: D) => setDraft({key, value});
  useEffect(() => {
    if (!loaded.busy && loaded.value !== undefined) set(make(loaded.value));
  }, [loaded.busy, loaded.value]);
  return [draft?.key === key ? draft.value : undefined, set];
}
