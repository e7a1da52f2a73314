// What content is missing, and what content needs care.
import type {GetInsightsResponse_ArticleRow, GetInsightsResponse_ContentGap}
  from '../../gen/kbsearch/v1/admin_service_pb';
import {timestampDate} from '@bufbuild/protobuf/wkt';
import {Failure, useConsole, type Words} from '../shared/console';
import {foreignName, languageName} from '../shared/language';
import {formatTime} from './corpora';
import {DataTable} from './data_table';
import {InsightChoices, useInsights, type LoadRows} from './insights';

const PROBLEMS = ['not_helpful', 'stale', 'near_duplicate', 'never_found'] as const;

export function Gaps() {
  const {words} = useConsole();
  const insights = useInsights();
  const answer = insights.value;
  return <section aria-busy={insights.busy}>
    <InsightChoices {...insights}/>
    <Failure error={insights.error} retry={insights.reload}/>
    {answer && !answer.contentGaps.length && <p class="desk-empty">{words.noGaps}</p>}
    {answer && <GapTables gaps={answer.contentGaps} loadRows={insights.loadRows}/>}
    {answer && <ArticleTables rows={answer.articles} loadRows={insights.loadRows}/>}
  </section>;
}

// One file for whoever writes the articles, a table a language on the page.
function GapTables({gaps, loadRows}: {gaps: GetInsightsResponse_ContentGap[]; loadRows: LoadRows}) {
  const {corpus, language, words, say} = useConsole();
  const missing = (gap: GetInsightsResponse_ContentGap) => gap.reason === 'missing_in_language'
    ? say(words.existsIn, {language: foreignName(language, gap.existsIn)}) : words.missingEverywhere;
  const columns = [
    {title: words.query, text: (gap: GetInsightsResponse_ContentGap) => gap.query || `${words.notStored} ${gap.key}`.trim()},
    {title: words.language, text: (gap: GetInsightsResponse_ContentGap) => languageName(gap.languageCode)},
    {title: words.count, text: (gap: GetInsightsResponse_ContentGap) => gap.count},
    {title: words.gap, text: missing, view: (gap: GetInsightsResponse_ContentGap) => gap.articleId
      ? <a href={`/?${new URLSearchParams({corpus, article: gap.articleId, version: gap.existsIn})}`}>{missing(gap)}</a>
      : missing(gap)},
  ];
  return <DataTable caption={words.gapsCaption} file="missing" columns={columns} rows={gaps}
    loadAll={() => loadRows((all) => all.contentGaps)} langOf={(gap) => gap.languageCode}/>;
}

function ofProblem(rows: GetInsightsResponse_ArticleRow[], problem: string) {
  return rows.filter((row) => row.problem === problem);
}

function ArticleTables({rows, loadRows}: {rows: GetInsightsResponse_ArticleRow[]; loadRows: LoadRows}) {
  const {corpus, language, words, number} = useConsole();
  type Row = GetInsightsResponse_ArticleRow;
  const addressOf = (row: Row) =>
    `/?${new URLSearchParams({corpus, article: row.articleId, version: row.languageCode})}`;
  const columns = (problem: (typeof PROBLEMS)[number]) => [
    {title: words.article, text: (row: Row) => row.title || row.articleId,
      view: (row: Row) => <a href={addressOf(row)}>{row.title || row.articleId}</a>},
    {title: words.language, text: (row: Row) => languageName(row.languageCode)},
    ...(problem === 'near_duplicate' ? [{title: words.otherArticle, text: (row: Row) => row.otherArticleId}] : []),
    {title: words.shown, text: (row: Row) => row.impressions},
    {title: words.clicks, text: (row: Row) => row.clicks},
    {title: words.votes, text: (row: Row) => `${number(row.helpful)} / ${number(row.notHelpful)}`},
    {title: words.updated, text: (row: Row) => row.updatedAt ? timestampDate(row.updatedAt).toISOString() : '',
      view: (row: Row) => formatTime(language, row.updatedAt)},
  ];
  return <>{PROBLEMS.map((problem) => <DataTable key={problem} file={problem.replace('_', '-')} columns={columns(problem)}
    caption={`${words.articlesInNeed}: ${words.problems[problem as keyof Words['problems']]}`}
    rows={ofProblem(rows, problem)} langOf={(row) => row.languageCode}
    loadAll={() => loadRows((all) => ofProblem(all.articles, problem))}/>)}</>;
}
