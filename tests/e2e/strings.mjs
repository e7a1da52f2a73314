// The pages' words: every language has every key, with the same placeholders and
// the plural forms that it needs.
import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {root} from './world.mjs';

const LANGUAGES = ['el', 'en', 'fr', 'nl', 'ru'];
const read = async (code) => JSON.parse(await readFile(join(root, `portal/strings/${code}.json`), 'utf8'));
const isPlural = (value) => typeof value === 'object' && 'other' in value;

function flatten(object, prefix = '') {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === 'string' || isPlural(value) ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`));
}

const formsOf = (value) => typeof value === 'string' ? [value] : Object.values(value);
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join();

for (const code of LANGUAGES) {
  test(`the words of ${code} are complete`, async () => {
    const english = new Map(flatten(await read('en')));
    const own = new Map(flatten(await read(code)));
    assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort());
    for (const [key, value] of own) {
      const wanted = placeholders(formsOf(english.get(key)).at(-1));
      for (const form of formsOf(value)) assert.equal(placeholders(form), wanted, key);
      if (!isPlural(value)) continue;
      // French and Greek "many" and the like, for millions, may use "other".
      const needed = new Intl.PluralRules(code).resolvedOptions().pluralCategories
        .filter((category) => code === 'ru' || category === 'one' || category === 'other');
      for (const category of needed) assert.ok(category in value, `${key}: no form for "${category}"`);
    }
  });
}

// Which folders of portal/src speak with which section.
const SPEAKERS = {portal: ['portal'], console: ['shared', 'agent', 'operator'], widget: ['widget']};

test('every word is said somewhere', async () => {
  const english = await read('en');
  for (const [section, folders] of Object.entries(SPEAKERS)) {
    let sources = '';
    for (const folder of folders) {
      const path = join(root, 'portal/src', folder);
      for (const file of await readdir(path)) sources += await readFile(join(path, file), 'utf8');
    }
    const said = new Set([...sources.matchAll(/\bwords\.(\w+)/g)].map((match) => match[1]));
    assert.deepEqual(Object.keys(english[section]).filter((key) => !said.has(key)), [], section);
  }
});
