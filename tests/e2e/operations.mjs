// The operators' dashboard.
import assert from 'node:assert/strict';
import {appendFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {checkAccess, checkNoSidewaysScroll, picture, visit, world} from './world.mjs';

const open = (t, tab, more = {}) => visit(t, `/operator?lang=en&corpus=helpdesk&tab=${tab}`, {role: 'operator', ...more});

test('a reindex is started and watched to its end, and rolled back', async (t) => {
  const page = await open(t, 'corpora');
  const card = page.locator('.corpus', {has: page.getByRole('heading', {name: 'helpdesk'})});
  await card.waitFor();
  await checkAccess(page);
  const live = card.locator('header .meta span').first();
  const generation = Number(/Generation (\d+)/.exec(await live.textContent())[1]);
  // What has not changed makes no new generation.
  await appendFile(join(world.sources.helpdesk, 'en/reset-password.md'), '\nA sentence about zorbulation.\n');
  await card.getByRole('button', {name: 'Reindex'}).click();
  await card.locator('progress').waitFor();
  await card.getByText('Done', {exact: true}).waitFor({timeout: 60_000});
  await live.getByText(`Generation ${generation + 1}`, {exact: true}).waitFor();
  const visitor = await visit(t, '/?lang=en&q=zorbulation');
  await visitor.locator('.hit').first().waitFor();
  await checkAccess(page);
  await picture(page, 'operator-corpora');
  await card.locator('.rollback select').selectOption(String(generation));
  await card.getByRole('button', {name: `Roll back to generation ${generation}`}).click();
  await live.getByText(`Generation ${generation}`, {exact: true}).waitFor();
});

test('insights, as figures, lines and tables', async (t) => {
  const page = await open(t, 'insights');
  await page.locator('.tile').first().waitFor();
  assert.notEqual(await page.locator('.tile dd').first().textContent(), '0', 'the searches of the other tests');
  await page.locator('table').first().waitFor();
  await checkAccess(page);
  await picture(page, 'operator-insights');
  await page.setViewportSize({width: 360, height: 740});
  await checkNoSidewaysScroll(page);
});

test('content gaps by language', async (t) => {
  const page = await open(t, 'gaps');
  await page.locator('.desk-empty, table').first().waitFor();
  await checkAccess(page);
});

test('synonyms are edited and tried', async (t) => {
  const page = await open(t, 'synonyms');
  await page.getByRole('button', {name: 'Add'}).click();
  await page.getByLabel('Rule 1: Words').fill('zorbex, password');
  await page.getByRole('button', {name: 'Save'}).click();
  await page.getByText('Saved. It holds').waitFor();
  await page.locator('#preview').fill('zorbex');
  await page.getByRole('button', {name: 'Try'}).click();
  await page.locator('.preview-hits li').first().waitFor();
  assert.match(await page.locator('.preview-hits li').first().textContent(), /password/i);
  await checkAccess(page);
  await picture(page, 'operator-synonyms');
  await page.getByRole('button', {name: 'Rule 1: Remove'}).click();
  await page.getByLabel('Rule 1: Words').waitFor({state: 'detached'});
  await page.getByRole('button', {name: 'Save'}).click();
});

for (const [tab, call] of [['synonyms', 'ListSynonyms'], ['curations', 'ListCurations']]) {
  test(`${tab} that are not loaded yet cannot be saved over`, async (t) => {
    let go;
    const held = new Promise((done) => { go = done; });
    const page = await open(t, 'corpora');
    await page.route(`**/${call}*`, async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await page.goto(`/operator?lang=en&corpus=helpdesk&tab=${tab}`);
    const save = page.getByRole('button', {name: 'Save'});
    await save.waitFor();
    assert.equal(await save.isDisabled(), true);
    go();
    await page.locator('button.primary:enabled').waitFor();
  });
}

test('a rule that is wrong is named', async (t) => {
  const page = await open(t, 'synonyms');
  await page.getByRole('button', {name: 'Add'}).click();
  await page.getByLabel('Rule 1: Words').fill('alone');
  await page.getByRole('button', {name: 'Save'}).click();
  await page.getByText('synonyms[0]').waitFor();
});

test('an article is pinned, seen first by visitors, and unpinned', async (t) => {
  const page = await open(t, 'curations');
  await page.locator('#curated').fill('password');
  await page.getByRole('button', {name: 'Try'}).click();
  const last = page.locator('.arrange li').last();
  await last.waitFor();
  const title = await last.locator('span').evaluate((span) => span.firstChild.textContent);
  await last.getByRole('button', {name: /^Pin/}).click();
  await page.locator('.arrange li').first().getByText(title.trim()).waitFor();
  await checkAccess(page);
  await page.getByRole('button', {name: 'Save'}).click();
  await page.getByText('Saved. It holds').waitFor();
  const visitor = await visit(t, '/?lang=en&q=password');
  await visitor.locator('.hit').first().waitFor();
  assert.equal((await visitor.locator('.hit h2').first().textContent()).trim(), title.trim());
  await page.getByRole('button', {name: 'password: Remove'}).click();
  await page.getByRole('button', {name: 'Save'}).click();
});

test('analysis and explanations', async (t) => {
  const page = await open(t, 'playground', {dark: true});
  await page.locator('#analyze').fill('Οι κωδικοί πρόσβασης');
  await page.getByRole('button', {name: 'Analyse'}).click();
  await page.locator('tbody tr').first().waitFor();
  await page.locator('#explain').fill('reset password');
  await page.getByRole('button', {name: 'Explain'}).click();
  await page.locator('.candidates summary').first().click();
  await page.locator('.parts li').first().waitFor();
  await checkAccess(page);
  await picture(page, 'operator-analysis-dark');
});
