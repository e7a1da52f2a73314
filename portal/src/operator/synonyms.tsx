// Synonyms of a language: a list to edit, and a query to try them on.
import {useState} from 'preact/hooks';
import {Plus, Save, Trash2} from 'lucide-preact';
import {admin} from '../shared/clients';
import {Failure, useCall, useConsole, useDraft, useParameter} from '../shared/console';
import {useEditing} from '../shared/editing';
import {LANGUAGES, languageName} from '../shared/language';
import {Preview} from './preview';

interface Row {
  from: string;
  to: string;
  oneWay: boolean;
}

const toRows = (synonyms: {from: string[]; to: string[]; oneWay: boolean}[]): Row[] => synonyms.map(
  ({from, to, oneWay}) => ({from: from.join(', '), to: to.join(', '), oneWay}));
const split = (text: string) => text.split(',').map((word) => word.trim()).filter(Boolean);

export function Synonyms() {
  const {corpus, language, words} = useConsole();
  const [of, setOf] = useParameter('of', language, true);
  const key = `${corpus} ${of}`;
  const loaded = useCall(key,
    (signal) => admin.listSynonyms({corpus, languageCode: of}, {signal}));
  const [draft, setRows] = useDraft(key, loaded, ({synonyms}) => toRows(synonyms));
  const rows = draft ?? [];
  const [error, setError] = useState<unknown>();
  const [saved, setSaved] = useState(0);
  const [editing, setEditing] = useEditing(key, words.leaveUnsaved);
  const edit = (next: Row[]) => {
    setEditing('edited');
    setRows(next);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    try {
      setRows(toRows((await admin.putSynonyms({corpus, languageCode: of, synonyms: rows.filter((row) => row.from.trim())
        .map(({from, to, oneWay}) => ({from: split(from), to: oneWay ? split(to) : [], oneWay}))})).synonyms));
      setSaved((n) => n + 1);
      setEditing('saved');
    } catch (e) {
      setError(e);
    }
  };
  const change = (i: number, part: Partial<Row>) =>
    edit(rows.map((row, j) => j === i ? {...row, ...part} : row));
  return <div class="editor">
    <form onSubmit={save}>
      <div class="choices-row"><label>{words.language}
        <select value={of} onChange={(event) => setOf(event.currentTarget.value)}>
          {LANGUAGES.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}</select></label></div>
      <p class="lead">{words.synonymsHint}</p>
      <Failure error={loaded.error ?? error} retry={loaded.error ? loaded.reload : undefined}/>
      {draft && !rows.length && <p class="lead">{words.noSynonyms}</p>}
      <ul class="rules">{rows.map((row, i) => <SynonymRow key={i} row={row} number={i + 1}
        change={(part) => change(i, part)} remove={() => edit(rows.filter((_, j) => j !== i))}/>)}</ul>
      <p class="actions">
        <button type="button" disabled={!draft} onClick={() => edit([...rows, {from: '', to: '', oneWay: false}])}>
          <Plus aria-hidden="true"/>{words.add}</button>
        <button type="submit" class="primary" disabled={!draft}><Save aria-hidden="true"/>{words.save}</button>
        <span role="status">{editing === 'saved' && words.saved}</span>
      </p>
    </form>
    <Preview language={of} run={saved}/>
  </div>;
}

function SynonymRow({row, number, change, remove}:
    {row: Row; number: number; change: (part: Partial<Row>) => void; remove: () => void}) {
  const {words, say} = useConsole();
  const name = say(words.rule, {n: number});
  return <li class="rule">
    <input aria-label={`${name}: ${words.wordsLabel}`} value={row.from} placeholder={words.wordsLabel}
      onInput={(event) => change({from: event.currentTarget.value})}/>
    <label class="choice"><input type="checkbox" checked={row.oneWay}
      onChange={(event) => change({oneWay: event.currentTarget.checked})}/><span>{words.oneWay}</span></label>
    {row.oneWay && <input aria-label={`${name}: ${words.alsoFinds}`} value={row.to} placeholder={words.alsoFinds}
      onInput={(event) => change({to: event.currentTarget.value})}/>}
    <button type="button" class="danger" aria-label={`${name}: ${words.remove}`} onClick={remove}>
      <Trash2 aria-hidden="true"/></button>
  </li>;
}
