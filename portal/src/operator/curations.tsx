// Pinned and hidden articles: what a query finds, to be put in order by hand. The
// list is what visitors will see once it is saved.
import {useState} from 'preact/hooks';
import {EyeOff, Pin, Save, Trash2} from 'lucide-preact';
import {create} from '@bufbuild/protobuf';
import {CurationSchema, type Curation} from '../../gen/kbsearch/v1/admin_service_pb';
import {Audience} from '../../gen/kbsearch/v1/article_pb';
import type {Hit} from '../../gen/kbsearch/v1/search_service_pb';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole, useDraft} from '../shared/console';
import {useEditing} from '../shared/editing';

export function Curations() {
  const {corpus, words} = useConsole();
  const loaded = useCall(corpus, (signal) => admin.listCurations({corpus}, {signal}));
  const [draft, setCurations] = useDraft(corpus, loaded, (value) => value.curations);
  const curations = draft ?? [];
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [warnings, setWarnings] = useState<string[]>([]);
  const [saved, setSaved] = useState(0);
  const [editing, setEditing] = useEditing(corpus, words.leaveUnsaved);
  const [error, setError] = useState<unknown>();
  const current = curations.find((curation) => curation.query === query) ?? create(CurationSchema, {query});
  const edit = (next: Curation[]) => {
    setEditing('edited');
    setCurations(next);
  };
  const put = (next: Curation) => edit([
    ...curations.filter((curation) => curation.query !== next.query),
    ...(next.pinnedArticleIds.length + next.hiddenArticleIds.length > 0 ? [next] : []),
  ]);
  const save = async () => {
    setError(undefined);
    try {
      const stored = await admin.putCurations({corpus, curations});
      setCurations(stored.curations);
      setWarnings(stored.warnings);
      setSaved((n) => n + 1);
      setEditing('saved');
    } catch (e) {
      setError(e);
    }
  };
  return <div class="editor">
    <section>
      <p class="lead">{words.curationsHint}</p>
      <form class="inline" role="search" onSubmit={(event) => { event.preventDefault(); setQuery(typed.trim()); }}>
        <label class="hidden" for="curated">{words.query}</label>
        <input id="curated" type="search" placeholder={words.query} value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}/>
        <button type="submit">{words.tryIt}</button>
      </form>
      <Failure error={loaded.error ?? error} retry={loaded.error ? loaded.reload : undefined}/>
      {query && draft && <Arrange curation={current} put={put} run={saved}/>}
      {warnings.map((warning) => <p key={warning} class="failure" lang="en">{warning}</p>)}
      <p class="actions"><button type="button" class="primary" disabled={!draft} onClick={save}>
        <Save aria-hidden="true"/>{words.save}</button><span role="status">{editing === 'saved' && words.saved}</span></p>
    </section>
    <aside class="card preview" aria-label={words.stored}>
      <h2>{words.stored}</h2>
      {draft && !curations.length && <p class="lead">{words.noCurations}</p>}
      <ul class="rules">{curations.map((curation) => <li key={curation.query} class="rule">
        <button type="button" class="quiet" onClick={() => { setTyped(curation.query); setQuery(curation.query); }}>
          {curation.query}</button>
        <small>{curation.pinnedArticleIds.length} <Pin aria-label={words.pinned}/>{' '}
          {curation.hiddenArticleIds.length} <EyeOff aria-label={words.hidden}/></small>
        <button type="button" class="danger" aria-label={`${curation.query}: ${words.remove}`}
          onClick={() => edit(curations.filter((other) => other !== curation))}>
          <Trash2 aria-hidden="true"/></button></li>)}</ul>
    </aside>
  </div>;
}

// The query's hits with the curation applied: pinned first, hidden struck out.
function Arrange({curation, put, run}: {curation: Curation; put: (next: Curation) => void; run: number}) {
  const {corpus, language, words} = useConsole();
  const explained = useCall(`${corpus} ${language} ${curation.query} ${run}`, (signal) => admin.explain(
    {search: {corpus, query: curation.query, languageCode: language, pageSize: 15}, audience: Audience.PUBLIC}, {signal}));
  const hits = (explained.value?.candidates ?? []).flatMap(({hit}) => hit ? [hit] : []);
  const known = new Map(hits.map((hit) => [hit.articleId, hit]));
  const pinned = curation.pinnedArticleIds;
  const order = [...pinned, ...curation.hiddenArticleIds.filter((id) => !known.has(id)),
    ...hits.map((hit) => hit.articleId).filter((id) => !pinned.includes(id))];
  const toggle = (field: 'pinnedArticleIds' | 'hiddenArticleIds', id: string) => {
    const other = field === 'pinnedArticleIds' ? 'hiddenArticleIds' : 'pinnedArticleIds';
    const list = curation[field];
    put(create(CurationSchema, {query: curation.query, languageCode: curation.languageCode,
      [field]: list.includes(id) ? list.filter((one) => one !== id) : [...list, id],
      [other]: curation[other].filter((one) => one !== id)}));
  };
  return <>
    <Failure error={explained.error} retry={explained.reload}/>
    <ol class="arrange">{[...new Set(order)].map((id) => <ArrangeItem key={id} id={id} hit={known.get(id)}
      isPinned={pinned.includes(id)} isHidden={curation.hiddenArticleIds.includes(id)} toggle={toggle}/>)}</ol>
    <p class="hidden">{words.preview}</p>
  </>;
}

function ArrangeItem({id, hit, isPinned, isHidden, toggle}: {
  id: string; hit?: Hit; isPinned: boolean; isHidden: boolean;
  toggle: (field: 'pinnedArticleIds' | 'hiddenArticleIds', id: string) => void;
}) {
  const {words} = useConsole();
  const title = hit?.title ?? id;
  return <li class={isHidden ? 'is-hidden' : ''}>
    <span lang={hit?.languageCode}>{title} <small>{id}</small></span>
    <button type="button" aria-pressed={isPinned} aria-label={`${words.pin}: ${title}`}
      onClick={() => toggle('pinnedArticleIds', id)}><Pin aria-hidden="true"/></button>
    <button type="button" aria-pressed={isHidden} aria-label={`${words.hide}: ${title}`}
      onClick={() => toggle('hiddenArticleIds', id)}><EyeOff aria-hidden="true"/></button>
  </li>;
}
