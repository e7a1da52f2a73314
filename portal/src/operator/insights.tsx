// How the help centre is used, and what comes of it.
import {timestampDate, timestampFromMs} from '@bufbuild/protobuf/wkt';
import type {
  GetInsightsResponse, GetInsightsResponse_ArticleDeflection, GetInsightsResponse_Deflection,
  GetInsightsResponse_QueryRow, Share,
} from '../../gen/kbsearch/v1/admin_service_pb';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole, useParameter} from '../shared/console';
import {LANGUAGES, languageName} from '../shared/language';
import {Chart} from './chart';
import {DataTable} from './data_table';

const DAY_MS = 86_400_000;
// On the page, and in a file: as many as the server tells.
const PAGE_ROWS = 100;
const MOST_ROWS = 1000;
const SPANS = ['7', '28', '91', '364'];

type Choice<Row> = (answer: GetInsightsResponse) => Row[];
// Loads the rows of a table for its file.
export type LoadRows = <Row>(pick: Choice<Row>) => Promise<Row[]>;

// The answer for the dashboard's choice of days and language.
export function useInsights() {
  const {corpus} = useConsole();
  const [days, setDays] = useParameter('days', '28');
  const [only, setOnly] = useParameter('only', '');
  const ask = (maxRows: number, signal?: AbortSignal) => admin.getInsights({
    corpus, languageCode: only, maxRows,
    since: timestampFromMs(Date.now() - (SPANS.includes(days) ? Number(days) : 28) * DAY_MS),
  }, {signal});
  const loaded = useCall(`${corpus} ${days} ${only}`, (signal) => ask(PAGE_ROWS, signal));
  const loadRows: LoadRows = async (pick) => {
    const shown = loaded.value ? pick(loaded.value) : [];
    return shown.length < PAGE_ROWS ? shown : pick(await ask(MOST_ROWS));
  };
  return {...loaded, loadRows, days, setDays, only, setOnly};
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
    <Failure error={insights.error} retry={insights.reload}/>
    {insights.value && <Numbers answer={insights.value} loadRows={insights.loadRows}/>}
  </section>;
}

function Numbers({answer, loadRows}: {answer: GetInsightsResponse; loadRows: LoadRows}) {
  const {language, words, number, percent} = useConsole();
  const overall = answer.deflection.find((row) => !row.languageCode);
  const empty = answer.weeks.reduce((sum, week) => sum + Number(week.noResults), 0);
  const searches = answer.weeks.reduce((sum, week) => sum + Number(week.searches), 0);
  const table = <Row,>(pick: Choice<Row>) => ({rows: pick(answer), loadAll: () => loadRows(pick)});
  return <>
    <dl class="tiles">
      <Tile name={words.searches} value={number(answer.searches)}/>
      <Tile name={words.sessions} value={number(answer.sessions)}/>
      <Tile name={words.tickets} value={number(answer.tickets)}/>
      <Tile name={words.zeroRate} value={searches ? percent(empty / searches) : '–'}/>
      <Tile name={words.solvedRate} value={shareText(percent, overall?.stated)} note={interval(percent, overall?.stated)}/>
      <Tile name={words.implicitRate} value={shareText(percent, overall?.implicit)}
        note={interval(percent, overall?.implicit)}/>
      <Tile name={words.sessionsPerTicket} value={overall?.sessionsPerTicket
        ? overall.sessionsPerTicket.toLocaleString(language, {maximumFractionDigits: 1}) : '–'}/>
    </dl>
    <Weeks answer={answer}/>
    <DeflectionTable rows={answer.deflection}/>
    <LatencyTable answer={answer}/>
    <div class="columns">
      <QueryTable title={words.topQueries} file="queries" {...table((all) => all.queries)}/>
      <QueryTable title={words.noResultQueries} file="no-results" {...table((all) => all.noResults)}/>
      <QueryTable title={words.noClickQueries} file="no-clicks" {...table((all) => all.noClicks)}/>
      <QueryTable title={words.rescuedQueries} file="corrected" {...table((all) => all.rescued)}/>
      <QueryTable title={words.submittedQueries} file="submitted" {...table((all) => all.suggestedButSubmitted)}/>
      <SolvingArticles {...table((all) => all.articleDeflection)}/>
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
  const {words, percent} = useConsole();
  type Row = GetInsightsResponse_Deflection;
  const share = (title: string, pick: (row: Row) => Share | undefined) => ({
    title, text: (row: Row) => `${shareText(percent, pick(row))} ${interval(percent, pick(row))}`.trim(),
    view: (row: Row) => <>{shareText(percent, pick(row))} <small>{interval(percent, pick(row))}</small></>,
  });
  return <DataTable caption={words.deflection} file="deflection" rows={rows} columns={[
    {title: words.language, text: (row) => row.languageCode ? languageName(row.languageCode) : words.allLanguages},
    {title: words.sessions, text: (row) => row.sessions},
    share(words.solvedRate, (row) => row.stated), share(words.implicitRate, (row) => row.implicit),
    share(words.submittedRate, (row) => row.submitted)]}/>;
}

const tenths = (value: number) => Math.round(10 * value) / 10;

function LatencyTable({answer}: {answer: GetInsightsResponse}) {
  const {words} = useConsole();
  return <DataTable caption={words.latency} file="latency" rows={answer.latency} columns={[
    {title: words.call, text: (row) => row.call}, {title: words.count, text: (row) => row.count},
    {title: 'p50', text: (row) => tenths(row.p50Ms)}, {title: 'p95', text: (row) => tenths(row.p95Ms)},
    {title: 'p99', text: (row) => tenths(row.p99Ms)}]}/>;
}

interface Rows<Row> {
  rows: Row[];
  loadAll: () => Promise<Row[]>;
}

function QueryTable({title, file, ...rows}: {title: string; file: string} & Rows<GetInsightsResponse_QueryRow>) {
  const {words} = useConsole();
  return <DataTable caption={title} file={file} {...rows} langOf={(row) => row.languageCode} columns={[
      {title: words.query, text: (row) => row.query || `${words.notStored} ${row.key}`.trim(), view: (row) => <>{row.query || `${words.notStored} ${row.key}`.trim()}
        {row.variants.length > 0 && <small>{row.variants.join(' · ')}</small>}</>},
      {title: words.language, text: (row) => languageName(row.languageCode)},
      {title: words.count, text: (row) => row.count}, {title: words.clicks, text: (row) => row.clicks}]}/>;
}

// Articles that were suggested for tickets, and how often no ticket followed.
function SolvingArticles(rows: Rows<GetInsightsResponse_ArticleDeflection>) {
  const {words, percent} = useConsole();
  return <DataTable caption={words.solvingArticles} file="solving-articles" {...rows} columns={[
      {title: words.article, text: (row) => row.articleId},
      {title: words.language, text: (row) => languageName(row.languageCode)},
      {title: words.suggested, text: (row) => row.suggested},
      {title: words.solvedShare, text: (row) => `${shareText(percent, row.solved)} ${interval(percent, row.solved)}`.trim(),
        view: (row) => <>{shareText(percent, row.solved)} <small>{interval(percent, row.solved)}</small></>}]}/>;
}
