// A table of figures: its first rows, the rest on demand, all of it as CSV.
import type {ComponentChildren} from 'preact';
import {useState} from 'preact/hooks';
import {Download} from 'lucide-preact';
import {useConsole} from '../shared/console';
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
  keyOf: (row: Row) => string;
  // The language of the first column's texts.
  langOf?: (row: Row) => string;
}

export function DataTable<Row>({caption, file, columns, rows, keyOf, langOf}: Props<Row>) {
  const {corpus, words, say, number} = useConsole();
  const [all, setAll] = useState(false);
  if (!rows.length) return null;
  const download = () => save(`${corpus}-${file}.csv`,
    toCsv([columns.map(({title}) => title), ...rows.map((row) => columns.map(({text}) => text(row)))]));
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
      <tbody>{rows.slice(0, all ? undefined : SHOWN).map((row) => <tr key={keyOf(row)}>
        <th scope="row" lang={langOf?.(row)}>{shown(first!, row)}</th>
        {others.map((column) => <td key={column.title}>{shown(column, row)}</td>)}</tr>)}</tbody>
    </table></div>
    <p class="data-actions">
      {rows.length > SHOWN && <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? words.showLess : say(words.showAll, {n: rows.length})}</button>}
      <button type="button" class="quiet" onClick={download} aria-label={`${words.download}: ${caption}`}>
        <Download aria-hidden="true"/>{words.download}</button>
    </p>
  </div>;
}
