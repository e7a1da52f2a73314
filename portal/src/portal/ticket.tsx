// The ticket form: while it is written, articles that may answer it stand beside
// it, to be read in place.
import {useEffect, useRef, useState} from 'preact/hooks';
import {CircleCheck, Lightbulb, Send} from 'lucide-preact';
import type {SuggestArticlesResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import {draft, sessionId, token, type Draft} from '../shared/storage';
import {usePortal} from './context';
import {Link} from './link';
import {Suggestions} from './suggestions';

// Suggestions follow a pause in writing, and need something to go by.
const PAUSE_MS = 500;
const LEAST_LETTERS = 12;

// What the ticket's text is worth asking about, after each pause while it is being
// written. After `stop` no answer comes any more: nobody would see it, and it would
// count as one that was left.
function useSuggestions({subject, body}: Draft, isWritten: boolean) {
  const {api, route, journey} = usePortal();
  const [answer, setAnswer] = useState<SuggestArticlesResponseJson>({});
  const stop = useRef(() => {});
  useEffect(() => {
    if (!isWritten) return undefined;
    if ((subject + body).trim().length < LEAST_LETTERS || !route.corpus) return setAnswer({});
    const stale = new AbortController();
    const timer = setTimeout(() => {
      api.suggest({
        corpus: route.corpus, subject, body, languageCode: route.lang, draft: true, sessionId: sessionId(),
      }, stale.signal).then((next) => {
        if (stale.signal.aborted) return;
        if (next.suggestionId) journey.show({corpus: route.corpus, suggestionId: next.suggestionId});
        setAnswer(next);
      }, () => undefined);
    }, PAUSE_MS);
    stop.current = () => {
      clearTimeout(timer);
      stale.abort();
    };
    return stop.current;
  }, [subject, body, route.corpus, route.lang, isWritten]);
  return {answer, stop: () => stop.current()};
}

type Stage = 'writing' | 'sending' | 'failed' | 'sent' | 'solved';

export function TicketPage() {
  const {route, journey, words, say} = usePortal();
  const [ticket, setTicket] = useState<Draft>(() => {
    const kept = draft.get();
    return {...kept, subject: kept.subject || route.subject};
  });
  const [stage, setStage] = useState<Stage>('writing');
  const {answer, stop} = useSuggestions(ticket, stage === 'writing' || stage === 'failed');
  useEffect(() => draft.set(ticket), [ticket]);
  useEffect(() => {
    document.title = `${words.ticketTitle} – ${words.title}`;
  }, [route.lang]);

  // The next ticket begins anew.
  const end = (how: 'solved' | 'sent') => {
    stop();
    journey.forget();
    draft.clear();
    setStage(how);
    scrollTo(0, 0);
  };
  const solved = (articleId: string, languageCode: string) => {
    journey.judged('TYPE_SOLVED', {articleId, languageCode});
    end('solved');
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    stop();
    setStage('sending');
    const undo = journey.sending();
    const sent = await send({
      corpus: route.corpus, language_code: route.lang, subject: ticket.subject, body: ticket.body,
      email: ticket.email, suggestion_id: journey.suggestionId, session_id: sessionId(),
    });
    if (!sent) {
      undo();
      return setStage('failed');
    }
    journey.submitted(route.corpus);
    end('sent');
  };

  const found = answer.suggestions?.length ?? 0;
  if (stage === 'solved' || stage === 'sent') return <HappyEnd stage={stage}/>;
  return <div class="ticket">
    <form class="ticket-form" onSubmit={submit}>
      <h1>{words.ticketTitle}</h1>
      <p class="lead">{words.ticketHint}</p>
      <Fields ticket={ticket} setTicket={setTicket}/>
      <Submit stage={stage}/>
      {/* On a phone the suggestions stand below the form; this tells of them. */}
      {found > 0 && <a class="suggestions-notice" href="#suggestions">
        <Lightbulb aria-hidden="true"/>{say(words.suggestionsFound, {n: found})}</a>}
    </form>
    <Suggestions answer={answer} solved={solved}/>
  </div>;
}

async function send(ticket: object): Promise<boolean> {
  try {
    const headers: Record<string, string> = {'content-type': 'application/json'};
    if (token.get()) headers.authorization = `Bearer ${token.get()}`;
    return (await fetch('/tickets', {method: 'POST', headers, body: JSON.stringify(ticket)})).ok;
  } catch {
    return false;
  }
}

function Fields({ticket, setTicket}: {ticket: Draft; setTicket: (ticket: Draft) => void}) {
  const {words} = usePortal();
  const change = (field: keyof Draft) => (event: {currentTarget: {value: string}}) =>
    setTicket({...ticket, [field]: event.currentTarget.value});
  return <>
    <label for="subject">{words.subject}</label>
    <input id="subject" required maxLength={300} value={ticket.subject} onInput={change('subject')}/>
    <label for="body">{words.body}</label>
    <textarea id="body" required rows={9} maxLength={50000} value={ticket.body} onInput={change('body')}/>
    <label for="email">{words.email}</label>
    <input id="email" type="email" required maxLength={254} autocomplete="email" value={ticket.email}
      onInput={change('email')}/>
  </>;
}

function Submit({stage}: {stage: Stage}) {
  const {config, words} = usePortal();
  return <>
    <button type="submit" class="primary" disabled={!config.tickets || stage === 'sending'}>
      <Send aria-hidden="true"/>{stage === 'sending' ? words.sending : words.send}</button>
    {stage === 'failed' ? <p class="form-note failed" role="alert">{words.sendFailed}</p>
      : <p class="form-note">{config.tickets ? '' : words.noTickets}</p>}
  </>;
}

function HappyEnd({stage}: {stage: Stage}) {
  const {words} = usePortal();
  const solved = stage === 'solved';
  return <section class="nothing happy" role="status">
    <CircleCheck aria-hidden="true"/>
    <h1>{solved ? words.solvedTitle : words.sentTitle}</h1>
    <p>{solved ? words.solvedText : words.sentText}</p>
    <p class="buttons"><Link class="button" to={{view: 'search', q: '', subject: '', article: ''}}>{words.home}</Link></p>
  </section>;
}
