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
