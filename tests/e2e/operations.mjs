// The operators' dashboard.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {appendFile, cp, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {checkAccess, checkNoSidewaysScroll, picture, root, visit, world} from './world.mjs';

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

// The sample's judged queries in English, as the gate wants them.
async function judgeHelpdesk() {
  const file = join(world.data, 'corpora/helpdesk/judgements.jsonl');
  const queries = (await readFile(join(root, 'corpora/helpdesk/judged/queries.jsonl'), 'utf8')).trim().split('\n');
  await writeFile(file, queries.filter((line) => JSON.parse(line).lang === 'en').join('\n'));
  return () => rm(file);
}

test('the gate keeps a worse index away, names the queries, and can be overruled', async (t) => {
  const unjudge = await judgeHelpdesk();
  const source = join(world.sources.helpdesk, 'en');
  await cp(source, `${source}.whole`, {recursive: true});
  t.after(async () => {
    await unjudge();
    await rm(source, {recursive: true});
    await cp(`${source}.whole`, source, {recursive: true});
    await rm(`${source}.whole`, {recursive: true});
  });
  for (const article of ['reset-password', 'track-order', 'two-factor', 'return-an-item', 'faq-account']) {
    await rm(join(source, `${article}.md`), {force: true});
  }
  const page = await open(t, 'corpora');
  const card = page.locator('.corpus', {has: page.getByRole('heading', {name: 'helpdesk'})});
  const live = card.locator('header .meta span').first();
  await live.waitFor();
  const generation = Number(/Generation (\d+)/.exec(await live.textContent())[1]);
  await card.getByRole('button', {name: 'Reindex'}).click();
  await card.getByText('did not pass').waitFor({timeout: 60_000});
  await card.getByText('Failed', {exact: true}).waitFor();
  await card.getByText(/en: mean nDCG@10 of \d+ judged queries falls from/).first().waitFor();
  assert.ok(await card.locator('.gate tbody tr').filter({hasText: 'password'}).count() > 0, 'the queries are named');
  await checkAccess(page);
  await card.locator('.gate').scrollIntoViewIfNeeded();
  await picture(page, 'operator-gate');
  await page.reload();
  await live.getByText(`Generation ${generation}`, {exact: true}).waitFor();
  await card.getByText('did not pass').waitFor();

  await card.getByLabel(/even if/).check();
  await card.getByRole('button', {name: 'Reindex'}).click();
  await card.getByText('Done', {exact: true}).waitFor({timeout: 60_000});
  await page.waitForFunction((old) => !document.querySelector('.corpus header .meta span').textContent
    .endsWith(` ${old}`), generation);
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

test('weeks as lines, and what was solved', async (t) => {
  await promisify(execFile)('python3', [join(root, 'tests/e2e/seed_weeks.py'), join(world.data, 'events.sqlite')]);
  const page = await open(t, 'insights&days=91');
  await page.locator('.chart canvas').nth(1).waitFor();
  // The same figures for those who cannot see the lines.
  assert.ok(await page.locator('.chart').first().locator('tbody tr').count() >= 8);
  const solved = page.locator('.tile', {hasText: 'Said to be solved'}).locator('dd');
  assert.match(await solved.textContent(), /%.*%.*%/, 'a share and its interval');
  await checkAccess(page);
  await page.locator('.chart').first().scrollIntoViewIfNeeded();
  await picture(page, 'operator-weeks');
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
