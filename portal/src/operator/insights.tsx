// How the help centre is used, and what comes of it.
import {timestampDate, timestampFromMs} from '@bufbuild/protobuf/wkt';
import type {GetInsightsResponse, GetInsightsResponse_Deflection, GetInsightsResponse_QueryRow, Share}
  from '../../gen/kbsearch/v1/admin_service_pb';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole, useParameter} from '../shared/console';
import {LANGUAGES, languageName} from '../shared/language';
import {Chart} from './chart';

const DAY_MS = 86_400_000;
const SPANS = ['7', '28', '91', '364'];

// The answer for the dashboard's choice of days and language.
export function useInsights() {
  const {corpus} = useConsole();
  const [days, setDays] = useParameter('days', '28');
  const [only, setOnly] = useParameter('only', '');
  const loaded = useCall(`${corpus} ${days} ${only}`, (signal) => admin.getInsights({
    corpus, languageCode: only, maxRows: 50,
    since: timestampFromMs(Date.now() - (SPANS.includes(days) ? Number(days) : 28) * DAY_MS),
  }, {signal}));
  return {...loaded, days, setDays, only, setOnly};
}

export function InsightChoices({days, setDays, only, setOnly}: ReturnType<typeof useInsights>) {
  const {words, say} = useConsole();
  return <div class="choices-row">
    <label>{words.period}<select value={days} onChange={(event) => setDays(event.currentTarget.value)}>
      {SPANS.map((span) => <option key={span} value={span}>{say(words.days, {n: Number(span)})}</option>)}</select></label>
    <label>{words.language}<select value={only} onChange={(event) => setOnly(event.currentTarget.value)}>
      <option value="">{words.allLanguages}</option>
      {LANGUAGES.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}</select></label>
  </div>;
}

export function Insights() {
  const insights = useInsights();
  return <section aria-busy={insights.busy}>
    <InsightChoices {...insights}/>
    <Failure error={insights.error}/>
    {insights.value && <Numbers answer={insights.value}/>}
  </section>;
}

function Numbers({answer}: {answer: GetInsightsResponse}) {
  const {words, number, percent} = useConsole();
  const overall = answer.deflection.find((row) => !row.languageCode);
  const empty = answer.weeks.reduce((sum, week) => sum + Number(week.noResults), 0);
  const searches = answer.weeks.reduce((sum, week) => sum + Number(week.searches), 0);
  return <>
    <dl class="tiles">
      <Tile name={words.searches} value={number(answer.searches)}/>
      <Tile name={words.sessions} value={number(answer.sessions)}/>
      <Tile name={words.tickets} value={number(answer.tickets)}/>
      <Tile name={words.zeroRate} value={searches ? percent(empty / searches) : '–'}/>
      <Tile name={words.solvedRate} value={shareText(percent, overall?.stated)} note={interval(percent, overall?.stated)}/>
      <Tile name={words.implicitRate} value={shareText(percent, overall?.implicit)}
        note={interval(percent, overall?.implicit)}/>
    </dl>
    <Weeks answer={answer}/>
    <DeflectionTable rows={answer.deflection}/>
    <LatencyTable answer={answer}/>
    <div class="columns">
      <QueryTable title={words.topQueries} rows={answer.queries}/>
      <QueryTable title={words.noResultQueries} rows={answer.noResults}/>
      <QueryTable title={words.noClickQueries} rows={answer.noClicks}/>
      <QueryTable title={words.rescuedQueries} rows={answer.rescued}/>
      <QueryTable title={words.submittedQueries} rows={answer.suggestedButSubmitted}/>
    </div>
  </>;
}

type Percent = (value: number) => string;
const shareText = (percent: Percent, share?: Share) => share && share.of > 0n ? percent(share.value) : '–';
const interval = (percent: Percent, share?: Share) =>
  share && share.of > 0n ? `${percent(share.low)} – ${percent(share.high)}` : '';

function Tile({name, value, note}: {name: string; value: string; note?: string}) {
  return <div class="tile"><dt>{name}</dt><dd>{value}{note && <small>{note}</small>}</dd></div>;
}

function Weeks({answer}: {answer: GetInsightsResponse}) {
  const {words} = useConsole();
  const weeks = answer.weeks;
  if (weeks.length < 2) return null;
  const times = weeks.map((week) => week.begins ? timestampDate(week.begins).getTime() / 1000 : 0);
  const stated = weeks.map((week) => week.deflection?.stated);
  const share = (pick: (share: Share) => number) =>
    stated.map((value) => value && value.of > 0n ? pick(value) : null);
  return <div class="columns">
    <Chart title={words.searchesByWeek} times={times} series={[
      {name: words.searches, values: weeks.map((week) => Number(week.searches))},
      {name: words.zeroSearches, values: weeks.map((week) => Number(week.noResults))}]}/>
    <Chart title={words.solvedByWeek} times={times} percent={true} band={true} series={[
      {name: words.solvedRate, values: share((value) => value.value)},
      {name: words.low, values: share((value) => value.low)},
      {name: words.high, values: share((value) => value.high)}]}/>
  </div>;
}

function DeflectionTable({rows}: {rows: GetInsightsResponse_Deflection[]}) {
  const {words, number, percent} = useConsole();
  if (!rows.length) return null;
  const cell = (share?: Share) => <td>{shareText(percent, share)} <small>{interval(percent, share)}</small></td>;
  return <div class="table"><table>
    <caption>{words.deflection}</caption>
    <thead><tr><th scope="col">{words.language}</th><th scope="col">{words.sessions}</th>
      <th scope="col">{words.solvedRate}</th><th scope="col">{words.implicitRate}</th>
      <th scope="col">{words.submittedRate}</th></tr></thead>
    <tbody>{rows.map((row) => <tr key={row.languageCode}>
      <th scope="row">{row.languageCode ? languageName(row.languageCode) : words.allLanguages}</th>
      <td>{number(row.sessions)}</td>{cell(row.stated)}{cell(row.implicit)}{cell(row.submitted)}</tr>)}</tbody>
  </table></div>;
}

function LatencyTable({answer}: {answer: GetInsightsResponse}) {
  const {words, number} = useConsole();
  if (!answer.latency.length) return null;
  return <div class="table"><table>
    <caption>{words.latency}</caption>
    <thead><tr><th scope="col">{words.call}</th><th scope="col">{words.count}</th>
      <th scope="col">p50</th><th scope="col">p95</th><th scope="col">p99</th></tr></thead>
    <tbody>{answer.latency.map((row) => <tr key={row.call}><th scope="row">{row.call}</th><td>{number(row.count)}</td>
      <td>{row.p50Ms.toFixed(1)}</td><td>{row.p95Ms.toFixed(1)}</td><td>{row.p99Ms.toFixed(1)}</td></tr>)}</tbody>
  </table></div>;
}

function QueryTable({title, rows}: {title: string; rows: GetInsightsResponse_QueryRow[]}) {
  const {words, number} = useConsole();
  if (!rows.length) return null;
  return <div class="table"><table>
    <caption>{title}</caption>
    <thead><tr><th scope="col">{words.query}</th><th scope="col">{words.count}</th><th scope="col">{words.clicks}</th></tr></thead>
    <tbody>{rows.map((row, i) => <tr key={i}>
      <th scope="row" lang={row.languageCode}>{row.query || words.notStored}
        {row.variants.length > 0 && <small>{row.variants.join(' · ')}</small>}</th>
      <td>{number(row.count)}</td><td>{number(row.clicks)}</td></tr>)}</tbody>
  </table></div>;
}
