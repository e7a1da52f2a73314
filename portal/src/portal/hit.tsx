// One result.
import {useState} from 'preact/hooks';
import {ChevronRight, Languages, Lock, Pin} from 'lucide-preact';
import type {HitJson} from '../../gen/kbsearch/v1/search_service_pb';
import {formatDate, languageName} from '../shared/language';
import {sessionId} from '../shared/storage';
import {Paragraphs, Spans} from '../shared/text';
import {kindName, usePortal} from './context';
import {Link} from './link';

// Longer answers are cut, with a button for the rest.
const LONG_ANSWER = 420;

export function HitItem({hit, position, searchId}: {hit: HitJson; position: number; searchId: string}) {
  const {api, route, origin, words, say} = usePortal();
  const clicked = () => {
    origin.searchId = searchId;
    origin.suggestionId = undefined;
    api.record({
      corpus: route.corpus, type: 'TYPE_CLICK', searchId, articleId: hit.articleId,
      languageCode: hit.languageCode, position, sessionId: sessionId(),
    });
  };
  const date = formatDate(route.lang, hit.updatedAt);
  return <li class="hit">
    <Crumbs category={hit.category} kind={hit.kind} page={!hit.answer}/>
    <h2><Link to={{article: hit.articleId ?? '', version: hit.languageCode ?? ''}} lang={hit.languageCode}
      onFollow={clicked}>{hit.title || hit.articleId}</Link></h2>
    {hit.answer ? <Answer hit={hit}/>
      : (hit.snippet?.length ?? 0) > 0 && <p class="snippet" lang={hit.languageCode}><Spans spans={hit.snippet}/></p>}
    <p class="meta">
      {hit.audience === 'AUDIENCE_AGENT' && <span class="badge internal"><Lock aria-hidden="true"/>{words.internal}</span>}
      {hit.pinned && <span class="badge"><Pin aria-hidden="true"/>{words.pinned}</span>}
      {hit.languageCode !== route.lang &&
        <span class="badge"><Languages aria-hidden="true"/>{languageName(hit.languageCode)}</span>}
      {date && <span>{say(words.updated, {date})}</span>}
      <Versions id={hit.articleId ?? ''} shown={hit.languageCode ?? ''} languages={hit.availableLanguages ?? []}/>
    </p>
  </li>;
}

// `page`: an FAQ page as a whole, not one of its questions.
export function Crumbs({category, kind, page}: {category?: string[]; kind?: string; page?: boolean}) {
  const {words} = usePortal();
  const name = page && kind === 'ARTICLE_KIND_FAQ' ? words.kindsPlural.faq : kindName(words, kind);
  return <p class="crumbs">
    {name && <span class="kind">{name}</span>}
    {(category ?? []).map((level, i) =>
      <span key={i}>{i > 0 && <ChevronRight aria-hidden="true"/>}{level}</span>)}
  </p>;
}

function Answer({hit}: {hit: HitJson}) {
  const {words} = usePortal();
  const [whole, setWhole] = useState(false);
  const long = (hit.answer?.length ?? 0) > LONG_ANSWER;
  return <div class="answer" lang={hit.languageCode}>
    <div class={long && !whole ? 'clamped' : ''}><Paragraphs text={hit.answer}/></div>
    {long && !whole &&
      <button type="button" class="quiet" onClick={() => setWhole(true)}>{words.wholeAnswer}</button>}
  </div>;
}

// "Also in: Ελληνικά, Français": the article's other languages.
export function Versions({id, shown, languages}: {id: string; shown: string; languages: string[]}) {
  const {words} = usePortal();
  const others = languages.filter((code) => code !== shown);
  if (!others.length) return null;
  return <span class="versions"><span>{words.alsoIn}</span>
    {others.map((code) => <Link key={code} class="version" lang={code}
      to={{article: id, version: code}}>{code.toUpperCase()}<span class="hidden"> {languageName(code)}</span></Link>)}
  </span>;
}
