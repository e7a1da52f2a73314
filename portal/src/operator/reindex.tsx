// A reindex as it goes, and what the gate found.
import {useEffect, useState} from 'preact/hooks';
import {timestampDate} from '@bufbuild/protobuf/wkt';
import {Reindex_State, type GateReport, type Reindex} from '../../gen/kbsearch/v1/admin_service_pb';
import {admin} from '../shared/clients';
import {Failure, useConsole, type Words} from '../shared/console';
import {languageName} from '../shared/language';

const STATES: Record<Reindex_State, keyof Words['states']> = {
  [Reindex_State.UNSPECIFIED]: 'running', [Reindex_State.RUNNING]: 'running',
  [Reindex_State.SUCCEEDED]: 'succeeded', [Reindex_State.FAILED]: 'failed', [Reindex_State.CANCELLED]: 'cancelled',
};

export function ReindexView({id, ended}: {id: string; ended: () => void}) {
  const {words} = useConsole();
  const [reindex, setReindex] = useState<Reindex>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const left = new AbortController();
    const watch = async () => {
      for await (const {reindex: seen} of admin.watchReindex({reindexId: id}, {signal: left.signal})) {
        setReindex(seen);
      }
      ended();
    };
    watch().catch((e) => left.signal.aborted || setError(e));
    return () => left.abort();
  }, [id]);
  if (!reindex) return <Failure error={error}/>;
  const running = reindex.state === Reindex_State.RUNNING;
  return <section class="reindex" aria-label={words.reindex}>
    <Progress reindex={reindex}/>
    {running && <button type="button" onClick={() => admin.cancelReindex({reindexId: id}).catch(setError)}>
      {words.cancel}</button>}
    <Failure error={error}/>
    {/* The gate's own report says more. */}
    {reindex.error && !(reindex.gate && !reindex.gate.passed) && <p class="failure" lang="en">{reindex.error}</p>}
    {reindex.gate && <Gate gate={reindex.gate}/>}
  </section>;
}

function Progress({reindex}: {reindex: Reindex}) {
  const {language, words, say, number} = useConsole();
  const running = reindex.state === Reindex_State.RUNNING;
  const phase = words.phases[reindex.phase as keyof Words['phases']] ?? reindex.phase;
  const known = reindex.total > 0n;
  const left = reindex.expectedAt
    ? Math.max(0, Math.round((timestampDate(reindex.expectedAt).getTime() - Date.now()) / 1000)) : undefined;
  return <>
    <p class="reindex-state" role="status">
      <b>{words.states[STATES[reindex.state]]}</b>{running && ` – ${phase}`}</p>
    {reindex.state !== Reindex_State.FAILED && <progress aria-label={words.reindex} max={known ? Number(reindex.total) : 1}
      value={running ? (known ? Number(reindex.done) : undefined) : known ? Number(reindex.total) : 1}/>}
    <p class="meta">
      <span>{say(words.done, {done: number(reindex.done), total: number(reindex.total)})}</span>
      {reindex.rejected > 0n && <span>{say(words.rejected, {n: Number(reindex.rejected)})}</span>}
      {running && <span>{say(words.rate, {n: Math.round(reindex.articlesPerSecond)})}</span>}
      {running && left !== undefined && <span>{say(words.timeLeft, {time: left.toLocaleString(language,
        {style: 'unit', unit: 'second', unitDisplay: 'long'})})}</span>}
      {reindex.generation > 0n && <span>{say(words.generation, {n: Number(reindex.generation)})}</span>}
    </p>
  </>;
}

function Gate({gate}: {gate: GateReport}) {
  const {words, number} = useConsole();
  const score = (value: number) => value.toFixed(3);
  return <details class="gate" open={!gate.passed}>
    <summary><span class={gate.passed ? 'badge good' : 'badge internal'}>
      {gate.passed ? words.gatePassed : words.gateFailed}</span></summary>
    {gate.reasons.map((reason) => <p key={reason} lang="en">{reason}</p>)}
    <div class="table"><table>
      <thead><tr><th scope="col">{words.language}</th><th scope="col">{words.queries}</th>
        <th scope="col">nDCG@10 · {words.before}</th><th scope="col">nDCG@10 · {words.after}</th></tr></thead>
      <tbody>{gate.measures.map((row) => <tr key={row.languageCode}>
        <th scope="row">{languageName(row.languageCode)}</th><td>{number(row.queries)}</td>
        <td>{score(row.ndcgBefore)}</td>
        <td class={row.ndcgAfter < row.ndcgBefore ? 'worse' : 'better'}>{score(row.ndcgAfter)}</td></tr>)}
      <tr><th scope="row">p95, ms</th><td>{gate.searchesTimed}</td><td>{gate.searchesTimed ? gate.p95MsBefore.toFixed(1) : '–'}</td>
        <td>{gate.searchesTimed ? gate.p95MsAfter.toFixed(1) : '–'}</td></tr>
      </tbody>
    </table></div>
    {gate.changes.length > 0 && <div class="table"><table>
      <caption>{words.changedQueries}</caption>
      <thead><tr><th scope="col">{words.query}</th><th scope="col">{words.language}</th>
        <th scope="col">nDCG@10</th><th scope="col">{words.rank}</th></tr></thead>
      <tbody>{gate.changes.map((row) => <tr key={row.queryId + row.languageCode}>
        <th scope="row" lang={row.languageCode}>{row.query}</th><td>{languageName(row.languageCode)}</td>
        <td>{score(row.ndcgBefore)} → {score(row.ndcgAfter)}</td>
        <td>{row.rankBefore || '–'} → {row.rankAfter || '–'}</td></tr>)}</tbody>
    </table></div>}
  </details>;
}
