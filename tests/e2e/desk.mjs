// The agents' desk.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkAccess, checkNoSidewaysScroll, picture, visit, withdrawToken} from './world.mjs';

const TICKET = 'Double charge\nHello,\nI paid for order ND-2026-118870 yesterday. The first try failed with PAY-4031, ' +
  'the second went through, and now my bank shows the same amount twice. When do I get the money back?';

test('a pasted ticket is answered, with the reasons', async (t) => {
  const page = await visit(t, '/agent?lang=en', {role: 'agent'});
  await page.locator('#ticket').fill(TICKET);
  await page.locator('.finding').first().waitFor();
  assert.ok(await page.locator('.terms .badge').count() > 0, 'the terms looked for are shown');
  assert.match(await page.locator('.confidence b').first().textContent(), /%/);
  await checkAccess(page);
  await picture(page, 'agent-desk');
});

test('canned responses are inserted and copied by the keyboard', async (t) => {
  const page = await visit(t, '/agent?lang=en', {role: 'agent'});
  await page.locator('#ticket').fill('canned response refund confirmed');
  const canned = page.locator('.finding', {has: page.getByRole('button', {name: 'Insert', exact: true})}).first();
  await canned.waitFor();
  await page.locator('#ticket').press('Control+Enter');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'finding-title');
  await page.keyboard.press('Enter');
  await page.locator('.finding .prose').first().waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'finding-title');
  await canned.getByRole('button', {name: 'Insert', exact: true}).press('Enter');
  await page.getByText('Added to the reply.').waitFor();
  assert.ok((await page.locator('#reply').inputValue()).length > 20);
  await page.getByRole('button', {name: 'Copy the reply'}).press('Enter');
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.locator('#reply').inputValue());
});

test('an operator sees why, an agent is told that it takes one', async (t) => {
  for (const [role, wanted] of [['operator', '.explanation li'], ['agent', '.explanation .failure']]) {
    const page = await visit(t, '/agent?lang=en', {role});
    await page.locator('#ticket').fill('reset password');
    await page.locator('.finding').first().getByRole('button', {name: 'Explain'}).click();
    await page.locator(wanted).first().waitFor();
  }
});

test('the desk fits a phone and the dark', async (t) => {
  const page = await visit(t, '/agent?lang=el', {role: 'agent', width: 360, height: 740, dark: true, locale: 'el-GR'});
  await page.locator('#ticket').fill('επιστροφή χρημάτων');
  await page.locator('.finding').first().waitFor();
  await checkNoSidewaysScroll(page);
  await checkAccess(page);
});

test('a visitor who cannot find it is seen, and looked up', async (t) => {
  const desk = await visit(t, '/healthz', {role: 'agent'});
  const watched = desk.waitForRequest('**/WatchFailedSearches');
  await desk.goto('/agent?lang=en&corpus=helpdesk');
  await watched;
  assert.equal(await desk.locator('.failing').count(), 0);
  await desk.locator('#ticket').fill(TICKET);
  const visitor = await visit(t, '/?lang=en&corpus=helpdesk&q=zorgflang');
  await visitor.locator('.nothing').waitFor();
  await visitor.locator('input[role=combobox]').fill('quuxification me@shop.example');
  await visitor.keyboard.press('Enter');
  const failing = desk.locator('.failing li').filter({hasText: 'zorgflang'});
  await failing.waitFor();
  assert.deepEqual(await failing.locator('button').allTextContents(), ['zorgflang', 'quuxification [email]'],
    'what identifies a person is masked');
  await checkAccess(desk);
  await picture(desk, 'agent-failing');
  const field = desk.locator('#ticket');
  const lookUp = (query) => desk.getByRole('button', {name: `Look up “${query}”`}).click();
  const putBack = desk.getByRole('button', {name: 'Put the earlier text back'});
  await lookUp('zorgflang');
  assert.equal(await field.inputValue(), 'zorgflang');
  await field.fill('another word');
  await lookUp('quuxification [email]');
  await checkAccess(desk);
  await desk.reload();
  await putBack.click();
  assert.equal(await field.inputValue(), TICKET, 'the ticket outlives look-ups and a reload');
  await putBack.waitFor({state: 'detached'});
});

test('what is typed while a text is fetched stays', async (t) => {
  const desk = await visit(t, '/agent?lang=en&corpus=helpdesk', {role: 'agent'});
  let go;
  const held = new Promise((done) => { go = done; });
  await desk.route('**/GetArticle*', async (route) => {
    await held;
    await route.continue();
  });
  await desk.locator('#ticket').fill('canned response refund confirmed');
  const asked = desk.waitForRequest('**/GetArticle*');
  await desk.getByRole('button', {name: 'Insert', exact: true}).first().click();
  await asked;
  await desk.locator('#reply').fill('Dear customer,');
  go();
  await desk.getByText('Added to the reply.').waitFor();
  assert.match(await desk.locator('#reply').inputValue(), /^Dear customer,\n\n.{20}/);
});

test('signing out on the other page forgets the desk’s texts too', async (t) => {
  const page = await visit(t, '/agent?lang=en', {role: 'operator'});
  await page.locator('#ticket').fill('the ticket');
  await page.locator('#reply').fill('the reply');
  await page.goto('/operator?lang=en');
  await page.getByRole('button', {name: 'Sign out'}).click();
  await page.locator('#token').waitFor();
  await page.goto('/agent?lang=en');
  assert.equal(await page.locator('#ticket').inputValue(), '');
  assert.equal(await page.locator('#reply').inputValue(), '');
});

test('a token that ends while the desk is open is told, and nothing is lost', async (t) => {
  const desk = await visit(t, '/agent?lang=en&corpus=helpdesk', {role: 'agent'});
  await desk.locator('#ticket').fill('refund');
  await desk.locator('.finding').first().waitFor();
  await desk.locator('#reply').fill('Dear customer,');
  const giveBack = await withdrawToken('agent');
  try {
    await desk.locator('#ticket').fill('refund after return');
    await desk.getByText('The token is not known or no longer valid.').waitFor();
    await checkAccess(desk);
  } finally {
    await giveBack();
  }
  await desk.getByRole('button', {name: 'Use another token'}).click();
  // The page's own token is as good as a new one, now that it is known again.
  await desk.locator('.finding').first().waitFor();
  assert.equal(await desk.locator('#ticket').inputValue(), 'refund after return');
  assert.equal(await desk.locator('#reply').inputValue(), 'Dear customer,');
});
