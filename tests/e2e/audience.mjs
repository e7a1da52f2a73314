// What is internal reaches agents only, by no path the portal.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {checkAccess, root, visit, world} from './world.mjs';

const procedures = (await readFile(join(root, 'corpora/helpdesk/content/procedures.jsonl'), 'utf8'))
  .trim().split('\n').map((line) => JSON.parse(line)).filter(({language}) => language === 'en');
const internal = procedures[0];

test('the portal never shows internal articles', async (t) => {
  const page = await visit(t, `/?lang=en&q=${encodeURIComponent(internal.title)}`);
  await page.locator('.hit, .nothing').first().waitFor();
  assert.equal(await page.locator('.badge.internal').count(), 0);
  assert.doesNotMatch((await page.locator('.hits').textContent()) ?? '', new RegExp(internal.title.slice(0, 20)));
  const completed = page.waitForResponse('**/Autocomplete');
  await page.locator('input[role=combobox]').fill(internal.title.slice(0, 12));
  assert.doesNotMatch(await (await completed).text(), new RegExp(internal.id));
  await page.goto(`/?lang=en&article=${internal.id}`);
  await page.getByRole('alert').waitFor();
  assert.doesNotMatch(await page.textContent('main'), new RegExp(internal.title.slice(0, 20)));
});

test('an agent sees them, marked', async (t) => {
  const page = await visit(t, `/?lang=en&q=${encodeURIComponent(internal.title)}`, {role: 'agent'});
  await page.locator('.badge.internal').first().waitFor();
  assert.ok((await page.locator('.hit h2').allTextContents()).includes(internal.title));
  await checkAccess(page);
});

test('a token that is not known, or not any more, is told and can be left behind', async (t) => {
  const page = await visit(t, '/?lang=en');
  await page.evaluate(() => sessionStorage.setItem('kbsearch-token', 'kbs_old'));
  await page.goto('/?lang=en&q=password');
  await page.locator('.access').waitFor();
  assert.equal(await page.locator('.hit').count(), 0);
  await checkAccess(page);
  await page.getByRole('button', {name: 'Continue without a token'}).click();
  await page.locator('.hit').first().waitFor();
});

test('the desk and the dashboard ask for a token, and for the right one', async (t) => {
  const page = await visit(t, '/operator?lang=en');
  await page.getByLabel('Token').fill('nobody');
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByText('The token is not known or').waitFor();
  await checkAccess(page);
  await page.getByRole('button', {name: 'Use another token'}).click();
  await page.getByLabel('Token').fill(world.tokens.agent);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.getByText('does not have the right').waitFor();
});

test('a token is kept in its tab only', async (t) => {
  const page = await visit(t, '/operator?lang=en');
  await page.getByLabel('Token').fill(world.tokens.operator);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.locator('.tabs').waitFor();
  const other = await page.context().newPage();
  await other.goto('/operator?lang=en');
  await other.getByLabel('Token').waitFor();
  assert.equal(await other.evaluate(() => localStorage.length + document.cookie.length), 0);
});
