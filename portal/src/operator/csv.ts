// Tables as CSV (RFC 4180), for spreadsheets.
//
//   toCsv([['query', 'count'], ['say "a", b', 3]])  →  query,count␍␊"say ""a"", b",3␍␊
//
// The byte order mark tells spreadsheets that it is UTF-8. What visitors typed may
// begin like a formula; an apostrophe before it keeps it a text.
export type Cell = string | number | bigint;

const FORMULA = /^[=+\-@\t\r]/;

function field(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(rows: Cell[][]): string {
  return `\uFEFF${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

// Hands the visitor a file.
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], {type: 'text/csv;charset=utf-8'}));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
