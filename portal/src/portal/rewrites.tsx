// What was done to the query on the visitor's behalf, and the way back.
import type {RewriteJson} from '../../gen/kbsearch/v1/search_service_pb';
import {usePortal} from './context';
import {Link} from './link';

// Steps that put other words in the place of those typed.
const MENDING = ['spelling', 'compound', 'layout', 'transliteration'];

// The query with what was mended in its place:
// "reset pasword", pasword → password: "reset password".
export function mendedQuery(query: string, rewrites: RewriteJson[]): string {
  return rewrites.reduce((text, {from = '', to = ''}) => {
    const at = from ? text.toLowerCase().indexOf(from.toLowerCase()) : -1;
    return at < 0 ? text : text.slice(0, at) + to + text.slice(at + from.length);
  }, query);
}

export function Rewrites({rewrites}: {rewrites: RewriteJson[]}) {
  const {route, words, say} = usePortal();
  const applied = rewrites.filter((rewrite) => rewrite.applied);
  const mended = applied.filter((rewrite) => MENDING.includes(rewrite.stage ?? ''));
  const offered = rewrites.filter((rewrite) => !rewrite.applied && rewrite.to);
  const left = applied.find((rewrite) => rewrite.stage === 'relaxation');
  const phrase = applied.find((rewrite) => rewrite.stage === 'phrase');
  const translated = applied.some((rewrite) => rewrite.stage === 'translation');
  return <>
    {mended.length > 0 && <p class="rewrite">
      {words.searchedInstead} <strong>{mendedQuery(route.q, mended)}</strong>
    </p>}
    {left && <p class="rewrite">{say(words.relaxed, {words: left.to ?? ''})}</p>}
    {phrase && <p class="rewrite">{say(words.phraseLoosened, {phrase: phrase.from ?? ''})}</p>}
    {translated && <p class="rewrite">{words.otherLanguageAnswers}</p>}
    {applied.length > 0 && <p class="rewrite">
      <Link to={{verbatim: true}}>{say(words.asTyped, {query: route.q})}</Link>
    </p>}
    {offered.length > 0 && <p class="rewrite">{words.didYouMean}{' '}
      <Link to={{q: mendedQuery(route.q, offered)}}>{mendedQuery(route.q, offered)}</Link></p>}
  </>;
}
