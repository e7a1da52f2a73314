// The operators' dashboard.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {appendFile, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {buildCorpus, checkAccess, checkNoSidewaysScroll, picture, root, visit, world} from './world.mjs';

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
  await card.getByText('Done', {exact: true}).waitFor({timeout: 120_000});
  await live.getByText(`Generation ${generation + 1}`, {exact: true}).waitFor();
  const visitor = await visit(t, '/?lang=en&q=zorbulation');
  await visitor.locator('.hit').first().waitFor();
  await checkAccess(page);
  await picture(page, 'operator-corpora');
  await card.locator('.rollback select').selectOption(String(generation));
  await card.getByRole('button', {name: `Roll back to generation ${generation}`}).click();
  await live.getByText(`Generation ${generation}`, {exact: true}).waitFor();
});

// A corpus of a few articles, with the sample's judged queries that they answer.
async function makeJudgedCorpus(t) {
  const names = ['reset-password', 'track-order', 'return-item', 'hub-setup', 'lamp-pairing', 'use-gift-card'];
  await buildCorpus('judged', 'corpora/helpdesk/content', names.map((name) => `en/${name}.md`));
  t.after(() => rm(join(world.data, 'corpora/judged'), {recursive: true}));
  const queries = (await readFile(join(root, 'corpora/helpdesk/judged/queries.jsonl'), 'utf8')).trim().split('\n');
  await writeFile(join(world.data, 'corpora/judged/judgements.jsonl'), queries.filter((line) => {
    const {lang, relevant} = JSON.parse(line);
    return lang === 'en' && relevant.some((article) => names.includes(article));
  }).join('\n'));
}

test('the gate keeps a worse index away, names the queries, and can be overruled', async (t) => {
  await makeJudgedCorpus(t);
  const page = await open(t, 'corpora');
  const card = page.locator('.corpus', {has: page.getByRole('heading', {name: 'judged'})});
  for (let i = 0; i < 40 && !await card.count(); ++i) {
    await page.waitForTimeout(250);
    await page.reload();
    await page.locator('.corpus').first().waitFor();
  }
  const live = card.locator('header .meta span').first();
  await live.getByText('Generation 1', {exact: true}).waitFor();
  // An export gone wrong: the article is there, its text is not.
  await writeFile(join(world.sources.judged, 'en/reset-password.md'),
    '---\nid: reset-password\nlanguage: en\ntitle: To be written\n---\nTo be written.\n');
  await card.getByRole('button', {name: 'Reindex'}).click();
  await card.getByText('Failed', {exact: true}).waitFor({timeout: 120_000});
  await card.locator('.gate').getByText(/en: mean nDCG@10 of \d+ judged queries falls from/).waitFor();
  assert.ok(await card.locator('.gate tbody tr').filter({hasText: 'password'}).count() > 0, 'the queries are named');
  await checkAccess(page);
  await picture(card, 'operator-gate');
  await page.reload();
  await card.locator('.gate .internal').waitFor();
  await live.getByText('Generation 1', {exact: true}).waitFor();

  await card.getByLabel(/even if/).check();
  await card.getByRole('button', {name: 'Reindex'}).click();
  await card.getByText('Done', {exact: true}).waitFor({timeout: 120_000});
  await live.getByText('Generation 1', {exact: true}).waitFor({state: 'detached'});
  const visitor = await visit(t, '/?lang=en&corpus=judged&article=reset-password');
  await visitor.getByRole('heading', {name: 'To be written'}).waitFor();
});

test('insights, as figures, lines and tables', async (t) => {
  const page = await open(t, 'insights');
  await page.locator('.tile').first().waitFor();
  assert.notEqual(await page.locator('.tile dd').first().textContent(), '0', 'the searches of the other tests');
  await page.locator('table').first().waitFor();
  await checkAccess(page);
  await page.setViewportSize({width: 360, height: 740});
  await checkNoSidewaysScroll(page);
});

test('what is missing, by one click, and as a file', async (t) => {
  const visitor = await visit(t, '/?lang=en&corpus=helpdesk&q=%3Dzorbulator+refill');
  await visitor.locator('.nothing, .hit').first().waitFor();
  const page = await open(t, 'gaps');
  const gap = page.locator('tbody th', {hasText: 'zorbulator'});
  for (let i = 0; i < 20 && !await gap.count(); ++i) {
    await page.waitForTimeout(250);
    await page.reload();
    await page.locator('.desk-empty, table').first().waitFor();
  }
  await checkAccess(page);
  await picture(page, 'operator-missing');
  const [file] = await Promise.all([page.waitForEvent('download'),
    page.getByRole('button', {name: 'Download CSV: Searched for and not answered'}).click()]);
  assert.equal(file.suggestedFilename(), 'helpdesk-missing.csv');
  const csv = await readFile(await file.path(), 'utf8');
  assert.ok(csv.startsWith('\uFEFF"Query","Language","Count","Where it is missing"\r\n'), csv.slice(0, 80));
  assert.match(csv, /"'=zorbulator refill","English",\d+,"in every language"\r\n/);
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
  await picture(page, 'operator-insights');
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

test('who leaves edits unsaved is asked', async (t) => {
  const page = await open(t, 'synonyms');
  const tab = page.locator('.tabs').getByRole('link', {name: 'Insights'});
  const rule = page.getByLabel('Rule 1: Words');
  const asked = [];
  let answer = 'dismiss';
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog[answer]();
  });
  await page.getByRole('button', {name: 'Add'}).click();
  await rule.fill('zorbaque, password');
  await tab.click();
  const language = page.locator('form').getByLabel('Language');
  await language.selectOption('el');
  assert.equal(await language.inputValue(), 'en', 'the list shows what is edited');
  await page.goto('/').catch(() => undefined);
  assert.deepEqual(asked, ['confirm', 'confirm', 'beforeunload']);
  assert.equal(await rule.inputValue(), 'zorbaque, password');

  await page.getByRole('button', {name: 'Save'}).click();
  await page.getByText('Saved. It holds').waitFor();
  await language.selectOption('el');
  await page.getByText('There are no synonyms').waitFor();
  await language.selectOption('en');
  await page.getByRole('button', {name: 'Rule 1: Remove'}).click();
  await page.getByRole('button', {name: 'Save'}).click();
  await page.getByText('Saved. It holds').waitFor();
  assert.equal(asked.length, 3, 'what is saved is left without a question');

  await page.getByRole('button', {name: 'Add'}).click();
  answer = 'accept';
  await tab.click();
  await page.locator('.tile').first().waitFor();
  assert.equal(asked.length, 4);
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

test('a page shows the first rows, its file has all', async (t) => {
  const some = Array.from({length: 120}, (_, i) => `zorbicle ${String.fromCharCode(97 + i % 26)}${'x'.repeat(i / 26)}q`);
  for (const query of some) {
    await fetch(`${world.http}/kbsearch.v1.SearchService/Search`, {method: 'POST',
      headers: {'content-type': 'application/json'}, body: JSON.stringify({corpus: 'hostile', query, languageCode: 'en'})});
  }
  const page = await visit(t, '/healthz', {role: 'operator', locale: 'nl-NL'});
  const asked = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/GetInsights')) asked.push(request.postDataJSON().maxRows);
  });
  await page.goto('/operator?lang=nl&corpus=hostile&tab=insights');
  const table = page.locator('.data', {has: page.getByText('Zonder resultaat', {exact: true})});
  const all = table.getByRole('button', {name: 'Alle 100 tonen'});
  // Events are written in the background.
  for (let i = 0; i < 40 && !await all.count(); ++i) {
    await page.waitForTimeout(250);
    await page.reload();
    await page.locator('.tile').first().waitFor();
  }
  await all.click();
  assert.equal(await table.locator('tbody tr').count(), 100);
  assert.deepEqual([...new Set(asked)], [100]);
  const [file] = await Promise.all([page.waitForEvent('download'), table.getByRole('button', {name: /CSV/}).click()]);
  assert.equal(asked.at(-1), 1000);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  assert.equal(new Set(lines.filter((line) => /^"zorbicle \w+q";"English";1;0$/.test(line))).size, 120, lines[1]);
});
