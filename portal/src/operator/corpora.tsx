// The corpora, their health, and what is done to them.
import {useState} from 'preact/hooks';
import {timestampDate, type Timestamp} from '@bufbuild/protobuf/wkt';
import {CircleCheck, History, RefreshCw, TriangleAlert} from 'lucide-preact';
import {Reindex_State, type Corpus} from '../../gen/kbsearch/v1/admin_service_pb';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole} from '../shared/console';
import {languageName, localeOf, type Language} from '../shared/language';
import {ReindexView} from './reindex';

export function formatBytes(language: string, bytes: bigint): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = Number(bytes);
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; ++unit) value /= 1000;
  return value.toLocaleString(language,
    {style: 'unit', unit: units[unit], maximumSignificantDigits: 3, unitDisplay: 'short'});
}

export function formatTime(language: Language, time: Timestamp | undefined): string {
  return time ? timestampDate(time).toLocaleString(localeOf(language), {dateStyle: 'medium', timeStyle: 'short'}) : '–';
}

export function Corpora() {
  const {words, say} = useConsole();
  const list = useCall('corpora', (signal) => admin.listCorpora({}, {signal}));
  return <section>
    <Failure error={list.error} retry={list.reload}/>
    {list.value?.corpora.length === 0 && <p>{say(words.noCorpora, {command: 'kbsearch-indexer build'})}</p>}
    {list.value?.corpora.map((corpus) => <CorpusCard key={corpus.name} corpus={corpus} reload={list.reload}/>)}
  </section>;
}

function CorpusCard({corpus, reload}: {corpus: Corpus; reload: () => void}) {
  const {language, words, say, number} = useConsole();
  const running = corpus.lastReindex?.state === Reindex_State.RUNNING;
  const [watched, setWatched] = useState(corpus.lastReindex?.reindexId ?? '');
  // One that had ended when the page was opened changes nothing any more.
  const [ends, setEnds] = useState(running);
  const [force, setForce] = useState(false);
  const [error, setError] = useState<unknown>();
  const start = async () => {
    setError(undefined);
    setEnds(true);
    try {
      setWatched((await admin.startReindex({corpus: corpus.name, force})).reindex?.reindexId ?? '');
    } catch (e) {
      setError(e);
    }
  };
  return <article class="card corpus">
    <header>
      <h2>{corpus.name}</h2>
      {corpus.problem ? <span class="badge internal"><TriangleAlert aria-hidden="true"/>{words.unhealthy}</span>
        : <span class="badge good"><CircleCheck aria-hidden="true"/>{words.healthy}</span>}
      <p class="meta"><span>{say(words.generation, {n: Number(corpus.generation)})}</span>
        <span>{formatTime(language, corpus.builtAt)}</span><span>{formatBytes(language, corpus.sizeBytes)}</span>
        {corpus.pendingChanges > 0n && <span>{say(words.pending, {n: Number(corpus.pendingChanges)})}</span>}
        {corpus.appliedChanges > 0n && <span>{say(words.applied, {n: Number(corpus.appliedChanges)})}</span>}</p>
    </header>
    {corpus.problem && <p class="failure" lang="en"><TriangleAlert aria-hidden="true"/>{corpus.problem}</p>}
    <div class="table"><table>
      <thead><tr><th scope="col">{words.language}</th><th scope="col">{words.articles}</th>
        <th scope="col">{words.publicArticles}</th><th scope="col">{words.entries}</th></tr></thead>
      <tbody>{corpus.languages.map((row) => <tr key={row.languageCode}>
        <th scope="row">{languageName(row.languageCode)}</th><td>{number(row.articles)}</td>
        <td>{number(row.publicArticles)}</td><td>{number(row.faqEntries)}</td></tr>)}</tbody>
    </table></div>
    <div class="actions">
      <button type="button" class="primary" onClick={start} disabled={running && !watched}>
        <RefreshCw aria-hidden="true"/>{words.reindex}</button>
      <label class="choice"><input type="checkbox" checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}/><span>{words.force}</span></label>
      <Rollback corpus={corpus} done={reload}/>
    </div>
    <Failure error={error}/>
    {watched && <ReindexView key={watched} id={watched} ended={() => ends && reload()}/>}
  </article>;
}

function Rollback({corpus, done}: {corpus: Corpus; done: () => void}) {
  const {words, say} = useConsole();
  const [chosen, setChosen] = useState('');
  const [error, setError] = useState<unknown>();
  if (!corpus.earlierGenerations.length) return null;
  const roll = async () => {
    setError(undefined);
    try {
      await admin.rollbackCorpus({corpus: corpus.name, generation: BigInt(chosen)});
      setChosen('');
      done();
    } catch (e) {
      setError(e);
    }
  };
  return <div class="rollback">
    <label><span class="hidden">{words.rollback}</span>
      <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
        <option value="">{words.rollback}…</option>
        {corpus.earlierGenerations.map((generation) => <option key={String(generation)} value={String(generation)}>
          {say(words.generation, {n: Number(generation)})}</option>)}
      </select></label>
    {chosen && <button type="button" class="danger" onClick={roll}>
      <History aria-hidden="true"/>{say(words.rollbackTo, {n: Number(chosen)})}</button>}
    <Failure error={error}/>
  </div>;
}
