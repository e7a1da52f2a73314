// Suggestions beside a site's own ticket form, while it is filled in.
import {useEffect, useState} from 'preact/hooks';
import type {HitJson, SuggestArticlesResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import {sessionId} from '../shared/storage';
import {Paragraphs, Spans} from '../shared/text';
import {articleAddress, type Site} from './main';

const PAUSE_MS = 500;
const LEAST_LETTERS = 12;

type Field = HTMLInputElement | HTMLTextAreaElement;
const fieldOf = (selector?: string) => selector ? document.querySelector<Field>(selector) : null;

interface Props {
  site: Site;
  // Selectors of the form's fields; `field` gets the suggestion_id, so that it
  // goes with the ticket.
  subject?: string;
  body?: string;
  field?: string;
}

function useSuggestions({site, subject, body, field}: Props): SuggestArticlesResponseJson {
  const [answer, setAnswer] = useState<SuggestArticlesResponseJson>({});
  useEffect(() => {
    let stale = new AbortController();
    let timer = 0;
    const fields = [fieldOf(subject), fieldOf(body)];
    const ask = () => {
      stale.abort();
      stale = new AbortController();
      const [subjectText = '', bodyText = ''] = fields.map((one) => one?.value ?? '');
      if ((subjectText + bodyText).trim().length < LEAST_LETTERS) return setAnswer({});
      site.api.suggest({corpus: site.corpus, subject: subjectText, body: bodyText, languageCode: site.language,
        draft: true, sessionId: sessionId()}, stale.signal).then((next) => {
        const target = fieldOf(field);
        if (target) target.value = next.suggestionId ?? '';
        setAnswer(next);
      }, () => undefined);
    };
    const typed = () => {
      clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE_MS);
    };
    fields.forEach((one) => one?.addEventListener('input', typed));
    return () => {
      clearTimeout(timer);
      stale.abort();
      fields.forEach((one) => one?.removeEventListener('input', typed));
    };
  }, []);
  return answer;
}

export function SuggestWidget(props: Props) {
  const {site, body, subject} = props;
  const {words} = site;
  const answer = useSuggestions(props);
  const [solved, setSolved] = useState(false);
  const record = (type: 'TYPE_CLICK' | 'TYPE_SOLVED' | 'TYPE_TICKET_SUBMITTED', hit: HitJson = {}, position = 0) =>
    answer.suggestionId && site.api.record({corpus: site.corpus, type, suggestionId: answer.suggestionId,
      articleId: hit.articleId, languageCode: hit.languageCode, position, sessionId: sessionId()});
  useEffect(() => {
    const form = (fieldOf(body) ?? fieldOf(subject))?.form;
    const sent = () => void record('TYPE_TICKET_SUBMITTED');
    form?.addEventListener('submit', sent);
    return () => form?.removeEventListener('submit', sent);
  }, [answer.suggestionId]);
  const suggestions = answer.suggestions ?? [];
  if (solved) return <p class="widget happy" role="status" lang={site.language}>{words.solvedThanks}</p>;
  return <div class="widget" lang={site.language}>
    <p class="status" role="status">{suggestions.length ? site.say(words.found, {n: suggestions.length}) : ''}</p>
    <ul>{suggestions.map(({hit = {}}, i) => <li key={`${hit.languageCode} ${hit.articleId}`}>
      <details onToggle={(event) => event.currentTarget.open && record('TYPE_CLICK', hit, i + 1)}>
        <summary lang={hit.languageCode}>{hit.title}</summary>
        <div lang={hit.languageCode}>{hit.answer ? <Paragraphs text={hit.answer}/> : <p><Spans spans={hit.snippet}/></p>}</div>
        <p class="actions">
          <button type="button" onClick={() => {
            record('TYPE_SOLVED', hit);
            site.tell('solved', {suggestionId: answer.suggestionId, articleId: hit.articleId});
            setSolved(true);
          }}>{words.solved}</button>
          <a href={articleAddress(site, hit.articleId ?? '', hit.languageCode ?? '')} target="_blank" rel="noopener">
            {words.open}</a></p>
      </details></li>)}</ul>
  </div>;
}
