// One article or canned response that may answer the ticket.
import {useState} from 'preact/hooks';
import {CornerDownLeft, Copy, Info, Link as LinkIcon, Lock} from 'lucide-preact';
import {toJson} from '@bufbuild/protobuf';
import {ArticleKind, ArticleSchema, Audience, type Article} from '../../gen/kbsearch/v1/article_pb';
import type {ExplainResponse_Candidate} from '../../gen/kbsearch/v1/admin_service_pb';
import {RecordEventRequest_Type as EventType, type Hit} from '../../gen/kbsearch/v1/search_service_pb';
import {admin, search} from '../shared/clients';
import {Failure, useConsole, type Words} from '../shared/console';
import {languageName} from '../shared/language';
import {ArticleBody, Spans, webAddress} from '../shared/text';
import type {Found} from './desk';

export function kindName(words: Words, kind: ArticleKind): string {
  return words.kinds[ArticleKind[kind]?.toLowerCase() as keyof Words['kinds']] ?? '';
}

function plainText(article: Article): string {
  return article.blocks.map((block) => block.text).join('\n\n');
}

interface Props {
  hit: Hit;
  confidence?: number;
  found: Found;
  position: number;
  copy: (text: string) => void;
  insert: (text: string) => void;
}

export function Finding(props: Props) {
  const {hit, found, position} = props;
  const {corpus, words} = useConsole();
  const [article, setArticle] = useState<Article>();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<unknown>();
  const load = async (): Promise<Article | undefined> => {
    if (article) return article;
    try {
      const answer = await search.getArticle(
        {corpus, articleId: hit.articleId, languageCode: hit.languageCode});
      setArticle(answer.article);
      return answer.article;
    } catch (e) {
      setError(e);
      return undefined;
    }
  };
  const toggle = () => {
    setOpen(!open);
    if (open) return;
    void load();
    const {suggestionId, searchId} = found;
    if (suggestionId || searchId) {
      search.recordEvent({corpus, type: EventType.CLICK, suggestionId, searchId, articleId: hit.articleId,
        languageCode: hit.languageCode, position}).catch(() => undefined);
    }
  };
  return <li class="finding card">
    <Head {...props}/>
    <h2><button type="button" class="finding-title" aria-expanded={open} onClick={toggle} lang={hit.languageCode}>
      {hit.title || hit.articleId}</button></h2>
    {!open && <p class="snippet" lang={hit.languageCode}><Spans spans={hit.snippet}/></p>}
    {open && <div class="finding-body" role="region" aria-label={hit.title || hit.articleId} tabIndex={0}>
      {article && <ArticleBody article={toJson(ArticleSchema, article)} wanted={hit.articleId}
        prefix={`f${position}-`}/>}
      <Failure error={error}/>
    </div>}
    <Actions {...props} load={load}/>
    {hit.matchedBy.length > 0 && <p class="matched">{words.matchedBy} {hit.matchedBy.map((way) =>
      words.matched[way as keyof Words['matched']] ?? way).join(', ')}</p>}
  </li>;
}

function Head({hit, confidence}: Props) {
  const {language, words, percent} = useConsole();
  return <p class="meta">
    {confidence !== undefined && <span class="confidence">
      <meter min={0} max={1} low={0.4} high={0.7} optimum={1} value={confidence} aria-label={words.confidence}/>
      <b>{percent(confidence)}</b></span>}
    {kindName(words, hit.kind) && <span class="kind">{kindName(words, hit.kind)}</span>}
    {hit.audience === Audience.AGENT &&
      <span class="badge internal"><Lock aria-hidden="true"/>{words.internal}</span>}
    {hit.languageCode !== language && <span class="badge">{languageName(hit.languageCode)}</span>}
    {hit.category.length > 0 && <span>{hit.category.join(' › ')}</span>}
  </p>;
}

function Actions({hit, found, copy, insert, load}: Props & {load: () => Promise<Article | undefined>}) {
  const {words} = useConsole();
  const [explaining, setExplaining] = useState(false);
  // The text to send: an answer as it stands, a response whole.
  const withText = async (use: (text: string) => void) => {
    const text = hit.answer || plainText(await load() ?? ({blocks: []} as unknown as Article));
    if (text) use(text);
  };
  const address = webAddress(hit.url);
  const canned = hit.kind === ArticleKind.CANNED_RESPONSE || !!hit.answer;
  return <>
    <p class="actions">
      {canned && <>
        <button type="button" onClick={() => withText(insert)}><CornerDownLeft aria-hidden="true"/>{words.insert}</button>
        <button type="button" onClick={() => withText(copy)}><Copy aria-hidden="true"/>{words.copy}</button>
      </>}
      {address && hit.audience !== Audience.AGENT && <button type="button" onClick={() => insert(address)}>
        <LinkIcon aria-hidden="true"/>{words.insertLink}</button>}
      <button type="button" aria-expanded={explaining} onClick={() => setExplaining(!explaining)}>
        <Info aria-hidden="true"/>{words.explain}</button>
    </p>
    {explaining && <Explanation hit={hit} query={found.query}/>}
  </>;
}

function Explanation({hit, query}: {hit: Hit; query: string}) {
  const {corpus, language} = useConsole();
  const [candidate, setCandidate] = useState<ExplainResponse_Candidate>();
  const [error, setError] = useState<unknown>();
  const [asked, setAsked] = useState(false);
  if (!asked) {
    setAsked(true);
    admin.explain({search: {corpus, query, languageCode: language}, articleId: hit.articleId,
      languageCode: hit.languageCode}).then((answer) => setCandidate(answer.candidates[0]), setError);
  }
  return <div class="explanation">
    <Failure error={error}/>
    {candidate && <>
      {candidate.absentBecause && <p>{candidate.absentBecause}</p>}
      <ul>{candidate.parts.map((part) => <li key={part.name}>
        <span>{part.name}</span><b>{part.value.toLocaleString(language, {maximumFractionDigits: 2})}</b>
        <small>{part.detail}</small></li>)}</ul>
    </>}
  </div>;
}
