// A table of figures: its first rows, the rest on demand, all of it as CSV.
import type {ComponentChildren} from 'preact';
import {useState} from 'preact/hooks';
import {Download} from 'lucide-preact';
import {Failure, useConsole} from '../shared/console';
import {save, toCsv, type Cell} from './csv';

const SHOWN = 10;

export interface Column<Row> {
  title: string;
  // For the CSV, and for the page where nothing else is to be seen.
  text: (row: Row) => Cell;
  view?: (row: Row) => ComponentChildren;
}

interface Props<Row> {
  caption: string;
  // Of the file, without its ending.
  file: string;
  columns: Column<Row>[];
  rows: Row[];
  // All of them, for the CSV, where `rows` may be the first ones only.
  loadAll?: () => Promise<Row[]>;
  // The language of the first column's texts.
  langOf?: (row: Row) => string;
}

export function DataTable<Row>({caption, file, columns, rows, loadAll, langOf}: Props<Row>) {
  const {corpus, words, say, number} = useConsole();
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  if (!rows.length) return null;
  const download = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const every = loadAll ? await loadAll() : rows;
      save(`${corpus}-${file}.csv`,
        toCsv([columns.map(({title}) => title), ...every.map((row) => columns.map(({text}) => text(row)))]));
    } catch (e) {
      setError(e);
    }
    setBusy(false);
  };
  const shown = (column: Column<Row>, row: Row) => {
    if (column.view) return column.view(row);
    const cell = column.text(row);
    return typeof cell === 'string' ? cell : number(cell);
  };
  const [first, ...others] = columns;
  return <div class="data">
    <div class="table"><table>
      <caption>{caption}</caption>
      <thead><tr>{columns.map(({title}) => <th key={title} scope="col">{title}</th>)}</tr></thead>
      <tbody>{rows.slice(0, all ? undefined : SHOWN).map((row, i) => <tr key={i}>
        <th scope="row" lang={langOf?.(row)}>{shown(first!, row)}</th>
        {others.map((column) => <td key={column.title}>{shown(column, row)}</td>)}</tr>)}</tbody>
    </table></div>
    <p class="data-actions">
      {rows.length > SHOWN && <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? words.showLess : say(words.showAll, {n: rows.length})}</button>}
      <button type="button" class="quiet" disabled={busy} onClick={download} aria-label={`${words.download}: ${caption}`}>
        <Download aria-hidden="true"/>{words.download}</button>
    </p>
    <Failure error={error}/>
  </div>;
}
