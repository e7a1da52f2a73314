// What content is missing, and what content needs care.
import type {GetInsightsResponse_ArticleRow, GetInsightsResponse_ContentGap}
  from '../../gen/kbsearch/v1/admin_service_pb';
import {Failure, useConsole, type Words} from '../shared/console';
import {languageName} from '../shared/language';
import {formatTime} from './corpora';
import {InsightChoices, useInsights} from './insights';

export function Gaps() {
  const {words} = useConsole();
  const insights = useInsights();
  const answer = insights.value;
  const gaps = answer?.contentGaps ?? [];
  const languages = [...new Set(gaps.map((gap) => gap.languageCode))];
  return <section aria-busy={insights.busy}>
    <InsightChoices {...insights}/>
    <Failure error={insights.error}/>
    {answer && !gaps.length && !answer.articles.length && <p class="desk-empty">{words.noGaps}</p>}
    <div class="columns">{languages.map((language) =>
      <GapTable key={language} language={language} gaps={gaps.filter((gap) => gap.languageCode === language)}/>)}</div>
    {answer && answer.articles.length > 0 && <ArticleTable rows={answer.articles}/>}
  </section>;
}

function GapTable({language, gaps}: {language: string; gaps: GetInsightsResponse_ContentGap[]}) {
  const {corpus, words, say, number} = useConsole();
  return <div class="table"><table>
    <caption>{languageName(language)}</caption>
    <thead><tr><th scope="col">{words.query}</th><th scope="col">{words.count}</th><th scope="col">{words.gap}</th></tr></thead>
    <tbody>{gaps.map((gap, i) => <tr key={i}><th scope="row" lang={language}>{gap.query || words.notStored}</th>
      <td>{number(gap.count)}</td>
      <td>{gap.reason === 'missing_in_language'
        ? <a href={`/?${new URLSearchParams({corpus, article: gap.articleId, version: gap.existsIn})}`}>
          {say(words.existsIn, {language: languageName(gap.existsIn)})}</a>
        : words.missingEverywhere}</td></tr>)}</tbody>
  </table></div>;
}

function ArticleTable({rows}: {rows: GetInsightsResponse_ArticleRow[]}) {
  const {corpus, language, words, number} = useConsole();
  return <div class="table"><table>
    <caption>{words.articlesInNeed}</caption>
    <thead><tr><th scope="col">{words.article}</th><th scope="col">{words.problem}</th><th scope="col">{words.shown}</th>
      <th scope="col">{words.clicks}</th><th scope="col">{words.votes}</th><th scope="col">{words.updated}</th></tr></thead>
    <tbody>{rows.map((row) => <tr key={`${row.languageCode} ${row.articleId} ${row.problem}`}>
      <th scope="row" lang={row.languageCode}>
        <a href={`/?${new URLSearchParams({corpus, article: row.articleId, version: row.languageCode})}`}>
          {row.title || row.articleId}</a></th>
      <td>{words.problems[row.problem as keyof Words['problems']] ?? row.problem}
        {row.otherArticleId && <small>{row.otherArticleId}</small>}</td>
      <td>{number(row.impressions)}</td><td>{number(row.clicks)}</td>
      <td>{number(row.helpful)} / {number(row.notHelpful)}</td><td>{formatTime(language, row.updatedAt)}</td></tr>)}</tbody>
  </table></div>;
}
