// What analysis makes of a text, and why a query finds what it finds.
import {useState} from 'preact/hooks';
import {Audience} from '../../gen/kbsearch/v1/article_pb';
import type {AnalyzeTextResponse, ExplainResponse, ExplainResponse_Candidate}
  from '../../gen/kbsearch/v1/admin_service_pb';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole, useParameter} from '../shared/console';
import {LANGUAGES, languageName} from '../shared/language';

// Guesses below this only fill the line.
const LEAST_GUESS = 0.01;

export function Playground() {
  return <div class="columns wide"><Analyze/><Explain/></div>;
}

function Analyze() {
  const {words} = useConsole();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [language, setLanguage] = useState('');
  const result = useCall(`${asked} ${language}`, async (signal) => asked
    ? admin.analyzeText({text: asked, languageCode: language}, {signal}) : undefined);
  return <section class="card">
    <h2>{words.analyze}</h2>
    <form onSubmit={(event) => { event.preventDefault(); setAsked(text); }}>
      <label class="hidden" for="analyze">{words.text}</label>
      <textarea id="analyze" rows={3} placeholder={words.text} value={text}
        onInput={(event) => setText(event.currentTarget.value)}/>
      <div class="choices-row"><label>{words.language}
        <select value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
          <option value="">{words.detected}</option>
          {LANGUAGES.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}</select></label>
        <button type="submit" class="primary">{words.analyze}</button></div>
    </form>
    <Failure error={result.error} retry={result.reload}/>
    {result.value && <Analysis answer={result.value}/>}
  </section>;
}

function Analysis({answer}: {answer: AnalyzeTextResponse}) {
  const {words, percent} = useConsole();
  return <>
    <p class="meta">{answer.guesses.filter((guess) => guess.probability >= LEAST_GUESS).map((guess) => <span key={guess.languageCode} class="badge">
      {languageName(guess.languageCode)} {percent(guess.probability)}</span>)}</p>
    <ol class="stages">{answer.steps.map((step) => <li key={step.name}><b lang="en">{step.name}</b> {step.output}</li>)}</ol>
    <div class="table"><table>
      <thead><tr><th scope="col">{words.word}</th><th scope="col">{words.exact}</th><th scope="col">{words.lemmas}</th>
        <th scope="col">{words.role}</th></tr></thead>
      <tbody>{answer.tokens.map((token, i) => <tr key={i} class={token.isStop ? 'stop' : ''}>
        <th scope="row">{token.surface}</th><td>{token.exact}</td><td>{token.lemmas.join(', ')}</td>
        <td lang="en">{[token.role, token.isStop && 'stop', token.isProtected && 'protected'].filter(Boolean).join(', ')}</td>
      </tr>)}</tbody>
    </table></div>
  </>;
}

function Explain() {
  const {corpus, language, words} = useConsole();
  const [explained, setExplained] = useParameter('explain', '');
  const [text, setText] = useState(explained);
  const [article, setArticle] = useState('');
  const [asPortal, setAsPortal] = useState(true);
  const result = useCall(`${corpus} ${explained} ${article} ${asPortal}`, async (signal) => explained
    ? admin.explain({search: {corpus, query: explained, languageCode: language, pageSize: 10}, articleId: article,
      audience: asPortal ? Audience.PUBLIC : Audience.AGENT}, {signal}) : undefined);
  return <section class="card">
    <h2>{words.explain}</h2>
    <form onSubmit={(event) => { event.preventDefault(); setExplained(text.trim()); }}>
      <label for="explain">{words.query}</label>
      <input id="explain" type="search" value={text} onInput={(event) => setText(event.currentTarget.value)}/>
      <label for="explain-article">{words.articleId}</label>
      <input id="explain-article" value={article} onChange={(event) => setArticle(event.currentTarget.value.trim())}/>
      <div class="choices-row"><label class="choice"><input type="checkbox" checked={asPortal}
        onChange={(event) => setAsPortal(event.currentTarget.checked)}/><span>{words.asPortal}</span></label>
        <button type="submit" class="primary">{words.explain}</button></div>
    </form>
    <Failure error={result.error} retry={result.reload}/>
    {result.value && <Explained answer={result.value}/>}
  </section>;
}

function Explained({answer}: {answer: ExplainResponse}) {
  return <>
    <ol class="stages" lang="en">{answer.stages.map((stage, i) => <li key={i}><b>{stage.name}</b> {stage.detail}</li>)}</ol>
    <ol class="candidates">{answer.candidates.map((candidate) => candidate.hit &&
      <CandidateItem key={candidate.hit.articleId + candidate.hit.languageCode} candidate={candidate}/>)}</ol>
  </>;
}

function CandidateItem({candidate}: {candidate: ExplainResponse_Candidate}) {
  const {language} = useConsole();
  const hit = candidate.hit!;
  const most = Math.max(...candidate.parts.map((part) => Math.abs(part.value)), 1e-9);
  const value = (number: number) => number.toLocaleString(language, {maximumFractionDigits: 2});
  return <li>
    <details>
      <summary><b>{candidate.rank || '–'}</b> <span lang={hit.languageCode}>{hit.title || hit.articleId}</span>
        <small>{value(hit.score)}</small></summary>
      {candidate.absentBecause && <p lang="en">{candidate.absentBecause}</p>}
      <ul class="parts" lang="en">{candidate.parts.map((part) => <li key={part.name}>
        <span>{part.name}</span><meter min={0} max={most} value={Math.abs(part.value)} aria-label={part.name}/>
        <b>{value(part.value)}</b><small>{part.detail}</small></li>)}</ul>
    </details>
  </li>;
}
