// The ticket form: suggestions while it is written, and both ways that it ends.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkAccess, checkNoSidewaysScroll, picture, visit, world} from './world.mjs';

const TICKET = {
  subject: 'Cannot sign in',
  body: 'Hello,\n\nI forgot my password and the reset e-mail never arrives. I looked in the spam folder too.\n\nThanks,\nA.',
};

async function write(page, ticket = TICKET) {
  await page.locator('#subject').fill(ticket.subject);
  await page.locator('#body').fill(ticket.body);
  await page.locator('.suggestion').first().waitFor();
}

// How many said that it was solved, and how many wrote.
async function insights() {
  const response = await fetch(`${world.http}/kbsearch.v1.AdminService/GetInsights`, {
    method: 'POST', body: JSON.stringify({corpus: 'helpdesk'}),
    headers: {'content-type': 'application/json', authorization: `Bearer ${world.tokens.operator}`}});
  assert.equal(response.status, 200);
  const {deflection = [], tickets = '0'} = await response.json();
  const all = deflection.find((row) => !row.languageCode) ?? {};
  return {solved: Number(all.stated?.count ?? 0), tickets: Number(tickets)};
}

// Events are written in the background.
async function untilCounted(what, before) {
  for (let i = 0; i < 50; ++i) {
    if ((await insights())[what] === before[what] + 1) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`${what}: not counted`);
}

test('a suggestion solves it: read in place, counted, nothing sent', async (t) => {
  const before = await insights();
  const sent = world.tickets.length;
  const page = await visit(t, '/ticket?lang=en');
  await write(page);
  await checkAccess(page);
  await picture(page, 'ticket');
  const first = page.locator('.suggestion').first();
  await first.locator('h3 button').click();
  await first.locator('.prose').waitFor();
  assert.equal(await page.locator('#body').inputValue(), TICKET.body, 'the draft is still there');
  await checkAccess(page);
  await first.locator('.solved').click();
  await page.locator('.happy').waitFor();
  await checkAccess(page);
  assert.equal(world.tickets.length, sent);
  await untilCounted('solved', before);
});

test('a ticket is sent with its suggestion_id, and counted', async (t) => {
  const before = await insights();
  const page = await visit(t, '/ticket?lang=en', {width: 360, height: 740});
  await write(page);
  await checkNoSidewaysScroll(page);
  await picture(page, 'ticket-phone');
  await page.locator('#email').fill('visitor@shop.example');
  await page.getByRole('button', {name: 'Send'}).click();
  await page.locator('.happy').waitFor();
  const ticket = world.tickets.at(-1);
  assert.equal(ticket.subject, TICKET.subject);
  assert.equal(ticket.email, 'visitor@shop.example');
  assert.ok(ticket.suggestion_id && ticket.session_id);
  await untilCounted('tickets', before);
});

test('a help desk that fails loses nothing', async (t) => {
  world.ticketStatus = 500;
  t.after(() => { world.ticketStatus = 200; });
  const page = await visit(t, '/ticket?lang=fr', {locale: 'fr-FR'});
  await page.locator('#subject').fill('Facture');
  await page.locator('#body').fill('Où est ma facture ?');
  await page.locator('#email').fill('visiteur@shop.example');
  await page.getByRole('button', {name: 'Envoyer'}).click();
  await page.getByText('n’a pas pu être envoyé').waitFor();
  await page.reload();
  assert.equal(await page.locator('#body').inputValue(), 'Où est ma facture ?', 'the draft outlives a reload');
});
