// One result.
import {useEffect, useRef, useState} from 'preact/hooks';
import {ChevronRight, Languages, Lock, Pin} from 'lucide-preact';
import type {HitJson} from '../../gen/kbsearch/v1/search_service_pb';
import {formatDate, languageName} from '../shared/language';
import {Paragraphs, Spans} from '../shared/text';
import {kindName, usePortal} from './context';
import {Link} from './link';

// Longer answers are cut, with a button for the rest.
const LONG_ANSWER = 420;

export function HitItem({hit, position}: {hit: HitJson; position: number}) {
  const {route, journey, words, say} = usePortal();
  const item = useSight(() => journey.saw(hit, position));
  const date = formatDate(route.lang, hit.updatedAt);
  return <li class="hit" ref={item}>
    <Crumbs category={hit.category} kind={hit.kind} page={!hit.answer}/>
    <h2><Link to={{article: hit.articleId ?? '', version: hit.languageCode ?? ''}} lang={hit.languageCode}
      onFollow={() => journey.clicked(hit, position)}>{hit.title || hit.articleId}</Link></h2>
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

// Tells once when half of an item has come into sight.
function useSight(seen: () => void) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const sight = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      sight.disconnect();
      seen();
    }, {threshold: 0.5});
    sight.observe(item.current!);
    return () => sight.disconnect();
  }, []);
  return item;
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
