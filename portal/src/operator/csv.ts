// Tables as CSV (RFC 4180), for spreadsheets.
//
//   toCsv([['query', 'share'], ['say "a", b', 0.5]], 'en')  →  "query","share"␍␊"say ""a"", b",0.5␍␊
//   toCsv([['query', 'share'], ['say "a", b', 0.5]], 'nl')  →  "query";"share"␍␊"say ""a"", b";0,5␍␊
//
// A spreadsheet splits fields at the list separator of its own language: the
// semicolon where the comma is in the numbers. A line "sep=," would say which one
// it is, but where it stands the byte order mark is not heeded, which tells that
// the file is UTF-8.
//
// What visitors typed may begin like a formula; an apostrophe before it keeps it a
// text. All texts are quoted: split at the wrong separator, a text would have a
// formula begin in its middle.
export type Cell = string | number | bigint;

const FORMULA = /^[=+\-@\t\r\n]/;

function quote(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

// `locale` is the spreadsheet's, as far as the page can know it: the browser's.
export function toCsv(rows: Cell[][], locale?: string): string {
  const point = new Intl.NumberFormat(locale).format(0.5).includes(',') ? ',' : '.';
  const separator = point === ',' ? ';' : ',';
  const field = (cell: Cell) => typeof cell === 'string' ? quote(cell) : String(cell).replace('.', point);
  return `\uFEFF${rows.map((row) => `${row.map(field).join(separator)}\r\n`).join('')}`;
}

// How long a browser may take to begin with a download.
const DOWNLOAD_MS = 60_000;

// Hands the visitor a file.
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], {type: 'text/csv;charset=utf-8'}));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_MS);
}
