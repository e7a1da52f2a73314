// One article, whole, with what else may help and the question whether it did.
import {useEffect, useRef, useState} from 'preact/hooks';
import {ArrowLeft, ExternalLink, ThumbsDown, ThumbsUp} from 'lucide-preact';
import type {ArticleJson} from '../../gen/kbsearch/v1/article_pb';
import type {HitJson} from '../../gen/kbsearch/v1/search_service_pb';
import {CallError, isAbort} from '../shared/call';
import {formatDate, languageName} from '../shared/language';
import {ArticleBody, webAddress} from '../shared/text';
import {usePortal} from './context';
import {Crumbs} from './hit';
import {Link} from './link';
import {Problem} from './problem';

export function ArticlePage() {
  const {api, route, words} = usePortal();
  const [article, setArticle] = useState<ArticleJson>();
  const [error, setError] = useState<CallError>();
  useEffect(() => {
    const stale = new AbortController();
    setError(undefined);
    api.article({corpus: route.corpus, articleId: route.article, languageCode: route.version || route.lang},
      stale.signal).then((answer) => setArticle(answer.article ?? {}), (e) => isAbort(e) || setError(e));
    return () => stale.abort();
  }, [route.corpus, route.article, route.version, route.lang]);
  useEffect(() => {
    if (article) document.title = `${article.title} – ${words.title}`;
  }, [article, route.lang]);
  return <div class="reading">
    <p class="back"><Link to={{article: '', version: ''}}><ArrowLeft aria-hidden="true"/>
      {route.q ? words.back : words.home}</Link></p>
    {error ? <Problem error={error}/> : article ? <Article article={article}/> : <div class="reading-wait"/>}
  </div>;
}

function Article({article}: {article: ArticleJson}) {
  const {route, words, say} = usePortal();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A reader, or a screen reader, starts where the article does.
    title.current?.focus({preventScroll: true});
    const entry = route.article.includes('#') && document.getElementById(`a-${route.article}`);
    if (entry) entry.scrollIntoView({block: 'center'});
    else scrollTo(0, 0);
  }, [article]);
  const address = webAddress(article.url);
  const date = formatDate(route.lang, article.updatedAt);
  return <>
    <article>
      <Crumbs category={article.category} kind={article.kind} page={true}/>
      <h1 ref={title} tabIndex={-1} lang={article.languageCode}>{article.title}</h1>
      <p class="meta">
        {article.languageCode !== route.lang && <span class="badge">{languageName(article.languageCode)}</span>}
        {date && <span>{say(words.updated, {date})}</span>}
        {(article.translations?.length ?? 0) > 0 && <span class="versions"><span>{words.alsoIn}</span>
          {article.translations!.map(({languageCode = ''}) => <Link key={languageCode} class="version"
            lang={languageCode} to={{version: languageCode}}>{languageName(languageCode)}</Link>)}</span>}
      </p>
      <ArticleBody article={article} wanted={route.article}/>
      {address && <p><a href={address} rel="noopener noreferrer" class="original">
        <ExternalLink aria-hidden="true"/>{words.original}</a></p>}
    </article>
    <Helpful key={route.article}/>
    <Related key={`related ${route.article}`} language={article.languageCode ?? ''}/>
  </>;
}

function Helpful() {
  const {route, journey, words} = usePortal();
  const [answer, setAnswer] = useState('');
  // Only what came of a search or a suggestion can be told.
  if (!journey.led) return null;
  const tell = (type: 'TYPE_HELPFUL' | 'TYPE_NOT_HELPFUL') => {
    setAnswer(type);
    journey.judged(type, {articleId: route.article, languageCode: route.version || route.lang});
  };
  return <section class="helpful" aria-live="polite">
    {!answer && <>
      <h2>{words.helpful}</h2>
      <button type="button" onClick={() => tell('TYPE_HELPFUL')}><ThumbsUp aria-hidden="true"/>{words.yes}</button>
      <button type="button" onClick={() => tell('TYPE_NOT_HELPFUL')}><ThumbsDown aria-hidden="true"/>{words.no}</button>
    </>}
    {answer === 'TYPE_HELPFUL' && <p>{words.helpfulThanks}</p>}
    {answer === 'TYPE_NOT_HELPFUL' && <p>{words.notHelpfulThanks}{' '}
      <Link to={{view: 'ticket', article: '', version: '', subject: route.q}}>{words.write}</Link></p>}
  </section>;
}

function Related({language}: {language: string}) {
  const {api, route, words} = usePortal();
  const [hits, setHits] = useState<HitJson[]>([]);
  useEffect(() => {
    const stale = new AbortController();
    // Without related articles the page is whole all the same.
    api.related({corpus: route.corpus, articleId: route.article, languageCode: language, pageSize: 4},
      stale.signal).then((answer) => setHits(answer.hits ?? []), () => undefined);
    return () => stale.abort();
  }, [route.article, language]);
  if (!hits.length) return null;
  return <nav class="related" aria-labelledby="related">
    <h2 id="related">{words.related}</h2>
    <ul>{hits.map((hit) => <li key={`${hit.languageCode} ${hit.articleId}`}>
      <Link to={{article: hit.articleId ?? '', version: hit.languageCode ?? ''}} lang={hit.languageCode}>{hit.title}</Link>
    </li>)}</ul>
  </nav>;
}
