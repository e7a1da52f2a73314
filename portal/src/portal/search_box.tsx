// The search box: a combobox with a list popup, after WAI-ARIA's authoring
// practices. Completions come first, then articles to go to at once.
import {useEffect, useId, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {FileText, Search} from 'lucide-preact';
import type {AutocompleteResponseJson, TextSpanJson} from '../../gen/kbsearch/v1/search_service_pb';
import {Spans} from '../shared/text';
import {Completer} from './completer';
import {usePortal} from './context';

const MAX_COMPLETIONS = 6;
const MAX_HITS = 3;
// As long as the server takes.
const MAX_PREFIX = 300;

interface Option {
  text: string;
  language: string;
  article: string;
  // Of a question: its answer's beginning.
  answer: string;
  // What of a completion is not typed yet.
  spans?: TextSpanJson[];
}

const MAX_ARTICLES = 4;
// What two lines hold, in letters.
const MAX_ANSWER = 200;

// Completions that are an article's title lead to it, as the instant hits do.
function optionsOf(answer: AutocompleteResponseJson): Option[] {
  const hits = answer.hits ?? [];
  const answerOf = (id: string) => (hits.find(({articleId}) => articleId === id)?.answer ?? '').slice(0, MAX_ANSWER);
  const all = (answer.completions ?? []).map(({text = '', languageCode = '', articleId = '', spans}) =>
    ({text, language: languageCode, article: articleId, answer: answerOf(articleId), spans}));
  const articles: Option[] = all.filter((option) => option.article);
  for (const {title = '', languageCode = '', articleId = ''} of hits) {
    if (articles.some((known) => known.article === articleId)) continue;
    articles.push({text: title, language: languageCode, article: articleId, answer: answerOf(articleId)});
  }
  return [...all.filter((option) => !option.article), ...articles.slice(0, MAX_ARTICLES)];
}

// Completions of `prefix` while the box is open, and what keeps them as they are.
function useCompletions(prefix: string, open: boolean): [AutocompleteResponseJson, () => void] {
  const {api, route} = usePortal();
  const {corpus, lang} = route;
  const [answer, setAnswer] = useState<AutocompleteResponseJson>({});
  const completer = useMemo(() => new Completer((typed) => api.autocomplete({
    corpus, prefix: typed.slice(0, MAX_PREFIX), languageCode: lang, maxCompletions: MAX_COMPLETIONS, maxHits: MAX_HITS,
  }), setAnswer), [corpus, lang]);
  // A layout effect: it does not wait for the next frame.
  useLayoutEffect(() => {
    if (open && corpus) completer.type(prefix);
    else completer.close();
  }, [prefix, open, completer]);
  useLayoutEffect(() => () => completer.close(), [completer]);
  return [answer, () => completer.hold()];
}

export function SearchBox({large}: {large: boolean}) {
  const {route, go, journey, last, words} = usePortal();
  const [text, setText] = useState(route.q);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [answer, hold] = useCompletions(text, open);
  const options = optionsOf(answer);
  const shown = open && options.length > 0;

  useEffect(() => setText(route.q), [route.q]);
  useLayoutEffect(() => setChosen(-1), [answer]);
  useFocusKey(input);

  const search = (q: string) => {
    setOpen(false);
    setText(q);
    if (q.trim()) {
      ++last.run;
      go({view: 'search', q: q.trim(), verbatim: false, only: [], kinds: [], categories: [], article: '', version: ''});
    }
  };
  const choose = (option: Option) => {
    if (!option.article) return search(option.text);
    setOpen(false);
    journey.forget();
    go({view: 'search', article: option.article, version: option.language});
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      event.preventDefault();
      if (!shown) return setOpen(true);
      hold();
      // One place more than options: the input itself.
      const places = options.length + 1;
      setChosen((chosen + 1 + step + places) % places - 1);
    } else if (event.key === 'Escape') {
      if (!shown) setText('');
      else event.preventDefault();
      setOpen(false);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = shown ? options[chosen] : undefined;
      if (option) choose(option);
      else search(text);
    }
  };

  return <form role="search" class={large ? 'search large' : 'search'} action="/" autocomplete="off"
      onSubmit={(event) => { event.preventDefault(); search(text); }}>
    <label class="hidden" for={`${id}-input`}>{words.query}</label>
    <Search class="search-icon" aria-hidden="true"/>
    <input id={`${id}-input`} ref={input} name="q" type="search" maxLength={2000} value={text}
      placeholder={words.query} enterkeyhint="search" autocapitalize="off" spellcheck={false}
      role="combobox" aria-autocomplete="list" aria-haspopup="listbox" aria-expanded={shown}
      aria-controls={`${id}-list`} aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
      onInput={(event) => { setText(event.currentTarget.value); setOpen(true); }}
      onKeyDown={onKey} onBlur={() => setOpen(false)}/>
    {/* Beside the small box it is hidden; Enter does the same. */}
    <button type="submit" class="primary" tabIndex={large ? 0 : -1}>{words.search}</button>
    <Popup id={id} options={options} shown={shown} chosen={chosen} choose={choose}/>
  </form>;
}

// "/" goes to the search box from anywhere but a field.
function useFocusKey(input: {current: HTMLInputElement | null}) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey ||
          /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

// A completion with what it adds to the typed letters in bold; where they are not
// in it as typed ("kodik" → "κωδικός"), and in titles, nothing is.
function Rest({option: {text, article, spans}}: {option: Option}) {
  return article || !spans?.some((span) => !span.highlighted) ? <>{text}</> : <Spans spans={spans} tag="strong"/>;
}

function Popup({id, options, shown, chosen, choose}: {
  id: string; options: Option[]; shown: boolean; chosen: number;
  choose: (option: Option) => void;
}) {
  const {words} = usePortal();
  const item = (option: Option, i: number) =>
    <div key={i} id={`${id}-${i}`} role="option" class="option" aria-selected={i === chosen} lang={option.language}
        onPointerDown={(event) => event.preventDefault()} onClick={() => choose(option)}>
      {option.article ? <FileText aria-hidden="true"/> : <Search aria-hidden="true"/>}
      <span class="option-text"><Rest option={option}/>{option.answer ? <small>{option.answer}</small> : null}</span>
    </div>;
  const firstHit = options.findIndex((option) => option.article);
  const hits = firstHit < 0 ? [] : options.slice(firstHit);
  const completions = firstHit < 0 ? options : options.slice(0, firstHit);
  return <div id={`${id}-list`} role="listbox" aria-label={words.completions} class="popup" hidden={!shown}>
    {completions.length > 0 &&
      <div role="group" aria-label={words.completions}>{completions.map(item)}</div>}
    {hits.length > 0 && <div role="group" aria-labelledby={`${id}-hits`}>
      <div class="popup-heading" id={`${id}-hits`} role="presentation">{words.answers}</div>
      {hits.map((hit, i) => item(hit, completions.length + i))}
    </div>}
  </div>;
}
