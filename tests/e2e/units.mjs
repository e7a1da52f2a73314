// The pages' functions by themselves.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {after, test} from 'node:test';
import {build} from 'esbuild';
import {root} from './world.mjs';

const folder = await mkdtemp(join(tmpdir(), 'kbsearch-units-'));
after(() => rm(folder, {recursive: true, force: true}));
const file = join(folder, 'units.mjs');
await build({
  stdin: {resolveDir: join(root, 'portal/src'), contents: `
    export {toCsv} from './operator/csv';
    export {Completer} from './portal/completer';
    export {mendedQuery} from './portal/rewrites';
    export {formatRoute, parseRoute} from './portal/route';
    export {browserLanguage, fill} from './shared/language';
    export {groupBlocks, webAddress} from './shared/text';`},
  bundle: true, format: 'esm', platform: 'node', outfile: file, jsx: 'automatic', jsxImportSource: 'preact'});
// They belong to a page, which has languages.
globalThis.navigator ??= {languages: ['en']};
const units = await import(pathToFileURL(file));

test('a route comes back from its address', () => {
  const route = {view: 'search', corpus: 'a&b', lang: 'el', q: 'ό,τι #1 & "x"', verbatim: true, only: ['en', 'fr'],
    kinds: ['faq'], categories: ['A, with a comma', 'Β'], article: 'faq#2', version: 'ru', subject: ''};
  const url = new URL(units.formatRoute(route), 'http://x');
  assert.deepEqual(units.parseRoute(url), route);
  const ticket = {...route, view: 'ticket', subject: 'γιατί;'};
  assert.deepEqual(units.parseRoute(new URL(units.formatRoute(ticket), 'http://x')), ticket);
});

test('mended queries keep what was not mended', () => {
  const rewrite = (from, to) => ({from, to});
  assert.equal(units.mendedQuery('Reset Pasword now', [rewrite('pasword', 'password')]), 'Reset password now');
  assert.equal(units.mendedQuery('gfhjkm', [rewrite('gfhjkm', 'пароль')]), 'пароль');
  assert.equal(units.mendedQuery('wacht woord', [rewrite('wacht woord', 'wachtwoord')]), 'wachtwoord');
  assert.equal(units.mendedQuery('a', [rewrite('b', 'c'), rewrite('', 'x')]), 'a');
});

test('plural forms and placeholders', () => {
  const forms = {one: '{n} статья', few: '{n} статьи', many: '{n} статей', other: '{n} статьи'};
  assert.deepEqual([1, 2, 5, 21].map((n) => units.fill('ru', forms, {n})), ['1 статья', '2 статьи', '5 статей', '21 статья']);
  assert.equal(units.fill('fr', '{n} résultats', {n: 1234567}), `${(1234567).toLocaleString('fr')} résultats`);
  assert.equal(units.fill('en', '“{query}” {other}', {query: '{n} $&'}), '“{n} $&” {other}');
});

test('the browser’s first language that the pages speak', () => {
  assert.equal(units.browserLanguage(['de-DE', 'fr-BE', 'en']), 'fr');
  assert.equal(units.browserLanguage(['EL']), 'el');
  assert.equal(units.browserLanguage(['de']), 'en');
});

test('links lead to pages only', () => {
  for (const bad of ['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', '/path', '', undefined]) {
    assert.equal(units.webAddress(bad), '');
  }
  assert.equal(units.webAddress('https://a.example/π'), 'https://a.example/%CF%80');
});

test('items and rows that follow one another are one list, one table', () => {
  const of = (kind) => ({kind: `KIND_${kind}`, text: kind});
  const groups = units.groupBlocks(
    ['PARAGRAPH', 'LIST_ITEM', 'LIST_ITEM', 'TABLE_ROW', 'TABLE_ROW', 'LIST_ITEM', 'PARAGRAPH', 'PARAGRAPH'].map(of));
  assert.deepEqual(groups.map((group) => group.length), [1, 2, 2, 1, 1, 1]);
});

test('tables become CSV, and what looks like a formula stays a text', () => {
  const table = [['Αναζήτηση', 'n'], ['say "a", b', 3n], ['two\nlines', 0.5]];
  assert.equal(units.toCsv(table, 'en'), '\uFEFF"Αναζήτηση","n"\r\n"say ""a"", b",3\r\n"two\nlines",0.5\r\n');
  for (const locale of ['el', 'fr', 'nl-BE', 'ru']) {
    assert.equal(units.toCsv(table, locale),
      '\uFEFF"Αναζήτηση";"n"\r\n"say ""a"", b";3\r\n"two\nlines";0,5\r\n', locale);
  }
  assert.equal(units.toCsv([['=1+1', '-2', '@x', '+3', '\t=1', '\n=1', -2]], 'en'),
    `\uFEFF"'=1+1","'-2","'@x","'+3","'\t=1","'\n=1",-2\r\n`);
  // Neither separator leaves a formula at a field's beginning.
  assert.equal(units.toCsv([['a;=1+1;', 1], ['a,=1+1,', 2]], 'en'), '\uFEFF"a;=1+1;",1\r\n"a,=1+1,",2\r\n');
  assert.equal(units.toCsv([['a;=1+1;', 1], ['a,=1+1,', 2]], 'nl'), '\uFEFF"a;=1+1;";1\r\n"a,=1+1,";2\r\n');
});

// A server whose answers come when the test lets them.
function typing() {
  const asked = [];
  const shown = [];
  const answers = {};
  const completer = new units.Completer((prefix) => {
    asked.push(prefix);
    return new Promise((done, fail) => { answers[prefix] = {come: () => done({prefix}), fail}; });
  }, (answer) => shown.push(answer.prefix ?? ''));
  const settle = () => new Promise((done) => setTimeout(done, 0));
  const come = async (prefix) => {
    answers[prefix].come();
    await settle();
  };
  return {completer, asked, shown, answers, come, settle};
}

test('a key asks at once, and keys that wait are asked for together', async () => {
  const {completer, asked, shown, come} = typing();
  completer.type('p');
  assert.deepEqual(asked, ['p'], 'nothing is waited for');
  completer.type('pa');
  completer.type('pas');
  assert.deepEqual(asked, ['p']);
  await come('p');
  assert.deepEqual(asked, ['p', 'pas'], 'the answer ends the wait');
  await come('pas');
  assert.deepEqual(shown, ['p', 'pas']);
});

test('a slow server is not waited for long', async () => {
  const {completer, asked, shown, come} = typing();
  completer.type('p');
  completer.type('pa');
  await new Promise((done) => setTimeout(done, 60));
  assert.deepEqual(asked, ['p', 'pa']);
  await come('pa');
  await come('p');
  assert.deepEqual(shown, ['pa'], 'an answer overtaken by a later one is dropped');
});

test('an answer that no longer fits is dropped', async () => {
  const {completer, asked, shown, answers, come, settle} = typing();
  completer.type('wa');
  completer.type('pass');
  await come('wa');
  assert.deepEqual(shown, []);
  await come('pass');
  completer.type('passw');
  answers.passw.fail(new Error('gone'));
  await settle();
  completer.type('passwo');
  assert.deepEqual(asked, ['wa', 'pass', 'passw', 'passwo'], 'after a failure it goes on');
  completer.close();
  await come('passwo');
  assert.deepEqual(shown, ['pass', ''], 'what comes after closing is not shown');
});

test('what is shown stays while somebody chooses from it', async () => {
  const {completer, shown, come} = typing();
  completer.type('pa');
  await come('pa');
  completer.type('pas');
  completer.hold();
  await come('pas');
  assert.deepEqual(shown, ['pa']);
});

test('letters taken back are answered from memory, until it is closed', async () => {
  const {completer, asked, shown, come} = typing();
  completer.type('pa');
  await come('pa');
  completer.type('pas');
  await come('pas');
  completer.type('pa');
  assert.deepEqual([asked, shown], [['pa', 'pas'], ['pa', 'pas', 'pa']]);
  completer.close();
  completer.type('pa');
  assert.equal(asked.length, 3);
});
