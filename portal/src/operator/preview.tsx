// What a query finds with the rules as they are stored, and what they did.
import {useState} from 'preact/hooks';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole} from '../shared/console';
import {Audience} from '../../gen/kbsearch/v1/article_pb';

export function Preview({language, run}: {language: string; run: number}) {
  const {corpus, words} = useConsole();
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const explained = useCall(`${corpus} ${language} ${query} ${run}`, async (signal) => query
    ? admin.explain({search: {corpus, query, languageCode: language, pageSize: 5}, audience: Audience.PUBLIC}, {signal})
    : undefined);
  return <aside class="preview card" aria-label={words.preview}>
    <h2>{words.preview}</h2>
    <form onSubmit={(event) => { event.preventDefault(); setQuery(typed.trim()); }} role="search">
      <label class="hidden" for="preview">{words.query}</label>
      <input id="preview" type="search" placeholder={words.query} value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}/>
      <button type="submit">{words.tryIt}</button>
    </form>
    <Failure error={explained.error} retry={explained.reload}/>
    <ul class="stages" lang="en">{explained.value?.stages.filter((stage) =>
      ['synonyms', 'curations', 'words'].includes(stage.name)).map((stage, i) =>
      <li key={i}><b>{stage.name}</b> {stage.detail}</li>)}</ul>
    <ol class="preview-hits">{explained.value?.candidates.map(({hit}) => hit && <li key={hit.articleId + hit.languageCode}>
      <span lang={hit.languageCode}>{hit.title}</span> <small>{hit.articleId}{hit.pinned && ` · ${words.pinned}`}</small></li>)}</ol>
  </aside>;
}
