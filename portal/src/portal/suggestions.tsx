// Articles that may answer the ticket being written. They open in place: the
// draft is never left.
import {useState} from 'preact/hooks';
import {ChevronDown, Lightbulb} from 'lucide-preact';
import type {ArticleJson} from '../../gen/kbsearch/v1/article_pb';
import type {HitJson, SuggestArticlesResponseJson} from '../../gen/kbsearch/v1/search_service_pb';
import {ArticleBody, Paragraphs, Spans} from '../shared/text';
import {usePortal} from './context';

type Solved = (articleId: string, languageCode: string) => void;

export function Suggestions({answer, solved}: {answer: SuggestArticlesResponseJson; solved: Solved}) {
  const {words, say} = usePortal();
  const suggestions = answer.suggestions ?? [];
  return <aside class="suggestions" aria-labelledby="suggestions">
    <h2 id="suggestions" tabIndex={-1}><Lightbulb aria-hidden="true"/>{words.suggestions}</h2>
    <p class="hidden" role="status">
      {suggestions.length > 0 && say(words.suggestionsFound, {n: suggestions.length})}</p>
    {!suggestions.length && <p class="quiet-text">{words.suggestionsHint}</p>}
    <ul>{suggestions.map(({hit = {}}, i) => <SuggestionItem key={`${hit.languageCode} ${hit.articleId}`}
      hit={hit} position={i + 1} solved={solved}/>)}</ul>
  </aside>;
}

function SuggestionItem({hit, position, solved}: {hit: HitJson; position: number; solved: Solved}) {
  const {api, route, journey, words} = usePortal();
  const [open, setOpen] = useState(false);
  const [article, setArticle] = useState<ArticleJson>();
  const id = hit.articleId ?? '';
  const language = hit.languageCode ?? '';
  const toggle = () => {
    setOpen(!open);
    if (open || article) return;
    journey.clicked(hit, position);
    // An FAQ's answer is here already.
    if (!hit.answer) {
      api.article({corpus: route.corpus, articleId: id, languageCode: language})
        .then((found) => setArticle(found.article), () => setArticle({}));
    }
  };
  return <li class="suggestion" lang={language}>
    <h3><button type="button" aria-expanded={open} aria-controls={`s-${position}`} onClick={toggle}>
      <span>{hit.title || id}</span><ChevronDown aria-hidden="true"/></button></h3>
    {!open && <p class="snippet"><Spans spans={hit.snippet}/></p>}
    <div id={`s-${position}`} hidden={!open}>
      {/* What scrolls can be reached by the keyboard. */}
      <div class="scroll" role="region" aria-label={hit.title || id} tabIndex={0}>
        {hit.answer ? <div class="prose"><Paragraphs text={hit.answer}/></div>
          : article ? <ArticleBody article={article} prefix={`s-${position}-`}/> : <div class="reading-wait small"/>}
      </div>
      <p lang={route.lang}><button type="button" class="solved" onClick={() => solved(id, language)}>
        {words.solved}</button></p>
    </div>
  </li>;
}
