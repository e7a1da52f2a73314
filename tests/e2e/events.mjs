// What the portal tells of a visit, each thing once.
import assert from 'node:assert/strict';
import {createServer, request as httpRequest} from 'node:http';
import {test} from 'node:test';
import {visit, world} from './world.mjs';

// The events that the server takes from one visitor, who comes by a way of their
// own: a browser does not show what a page sends while it is closed, and loses it
// when the test looks into the page's requests. What is in `held`, by the end of its
// address, waits for a promise on that way.
async function followed(t, path, held = {}) {
  const events = [];
  const way = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    await held[request.url.split('/').at(-1)];
    const isEvent = request.url.endsWith('/RecordEvent');
    const onward = httpRequest(world.http + request.url, {method: request.method, headers: {...request.headers, connection: 'close'}}, (answer) => {
      if (isEvent) events.push({...JSON.parse(body.toString()), status: answer.statusCode});
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  });
  await new Promise((done) => way.listen(0, '127.0.0.1', done));
  t.after(() => {
    way.close();
    assert.ok(events.every(({status}) => status === 200), 'the server takes every event');
  });
  const page = await visit(t, path, {baseURL: `http://127.0.0.1:${way.address().port}`});
  return {page, events};
}

const typesOf = (events) => events.map(({type}) => type.replace('TYPE_', ''));

async function untilTold(events, count) {
  for (let i = 0; i < 50 && events.length < count; ++i) await new Promise((done) => setTimeout(done, 50));
  assert.ok(events.length >= count, `told: ${typesOf(events)}`);
}

// What a page has told once it has nothing more to tell: an event of the test, which
// it sends after two frames, has arrived.
async function toldBy(page, events) {
  await page.evaluate(async () => {
    for (let i = 0; i < 2; ++i) await new Promise(requestAnimationFrame);
    const marker = {corpus: 'helpdesk', type: 'TYPE_ABANDONED', searchId: 'marker', sessionId: 'marker'};
    await fetch('/kbsearch.v1.SearchService/RecordEvent',
      {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(marker)});
  });
  assert.equal(events.pop().searchId, 'marker');
  return events;
}

// Goes to where nothing is told any more.
async function leave(page) {
  await page.goto('/healthz');
}

test('hits beyond the first page are told when they come into sight', async (t) => {
  const {page, events} = await followed(t, '/?lang=en&q=order');
  await page.locator('.hit').nth(9).waitFor();
  await page.locator('.hit').nth(9).scrollIntoViewIfNeeded();
  await page.locator('.more').click();
  await page.locator('.hit').nth(11).waitFor();
  await page.locator('.hit').nth(11).scrollIntoViewIfNeeded();
  const told = (position) => events.some((event) => event.position === position);
  for (let i = 0; i < 100 && !(told(11) && told(12)); ++i) await new Promise((done) => setTimeout(done, 50));
  await page.locator('.hit').first().scrollIntoViewIfNeeded();
  await page.locator('.hit').nth(11).scrollIntoViewIfNeeded();
  const positions = (await toldBy(page, events)).map(({position}) => position);
  assert.ok(positions.includes(11) && positions.includes(12), String(positions));
  assert.ok(positions.every((position) => position > 10), 'the server counts the first ten by itself');
  assert.equal(new Set(positions).size, positions.length, 'once each');
  assert.deepEqual([...new Set(typesOf(events))], ['IMPRESSION']);
  assert.ok(events.every(({searchId, articleId, sessionId}) => searchId && articleId && sessionId));
});

test('going back to the results is not another search', async (t) => {
  const page = await visit(t, '/?lang=en&q=order');
  let searches = 0;
  page.on('request', (request) => { searches += request.url().includes('/Search') ? 1 : 0; });
  await page.locator('.more').click();
  await page.locator('.hit').nth(12).waitFor();
  const before = searches;
  await page.locator('.hit h2 a').nth(12).click();
  await page.locator('article h1').waitFor();
  await page.goBack();
  await page.locator('.hit').nth(12).waitFor();
  const top = await page.locator('.hit').nth(12).evaluate((hit) => hit.getBoundingClientRect().top);
  assert.ok(top > -200 && top < 900, `reading goes on where it was left, not ${top} pixels away`);
  assert.equal(searches, before);
});

test('the same words searched for again are another search', async (t) => {
  const page = await visit(t, '/?lang=en&q=order');
  const box = page.locator('input[role=combobox]');
  await page.locator('.hit h2 a').first().click();
  await page.locator('article h1').waitFor();
  for (let i = 0; i < 2; ++i) {
    const asked = page.waitForRequest('**/Search');
    await box.fill('order');
    await box.press('Enter');
    await asked;
    await page.locator('.hit').first().waitFor();
  }
});

test('leaving results unopened is told, once', async (t) => {
  const {page, events} = await followed(t, '/?lang=en&q=qzxqzx');
  await page.locator('.nothing').waitFor();
  await leave(page);
  await untilTold(events, 1);
  assert.deepEqual(typesOf(await toldBy(page, events)), ['ABANDONED']);
  assert.ok(events[0].searchId && events[0].sessionId);
});

test('leaving after an article was opened is not giving up', async (t) => {
  const {page, events} = await followed(t, '/?lang=en&q=order');
  await page.locator('.hit h2 a').first().click();
  await page.locator('article h1').waitFor();
  await page.goBack();
  await page.locator('.hit').first().waitFor();
  await leave(page);
  await untilTold(events, 1);
  assert.deepEqual(typesOf(await toldBy(page, events)), ['CLICK']);
});

async function write(page) {
  await page.locator('#subject').fill('Cannot sign in');
  await page.locator('#body').fill('I forgot my password and the reset e-mail never arrives.');
  await page.locator('#email').fill('visitor@shop.example');
}
const send = (page) => page.getByRole('button', {name: 'Send'}).click();

test('a draft that is left is told, a ticket sent is not', async (t) => {
  for (const isSent of [false, true]) {
    const {page, events} = await followed(t, '/ticket?lang=en');
    await write(page);
    await page.locator('.suggestion').first().waitFor();
    if (isSent) {
      await send(page);
      await page.locator('.happy').waitFor();
    }
    await leave(page);
    await untilTold(events, 1);
    assert.deepEqual(typesOf(await toldBy(page, events)), [isSent ? 'TICKET_SUBMITTED' : 'ABANDONED']);
    assert.ok(events[0].suggestionId);
  }
});

test('suggestions that come after the ticket was sent are not left', async (t) => {
  let go;
  const held = new Promise((done) => { go = done; });
  const {page, events} = await followed(t, '/ticket?lang=en', {SuggestArticles: held});
  const asked = page.waitForRequest('**/SuggestArticles');
  await write(page);
  const late = await asked;
  await send(page);
  await page.locator('.happy').waitFor();
  go();
  // Broken off, or else answered and read.
  await late.response().then((response) => response?.finished()).catch(() => undefined);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 0)));
  await leave(page);
  await untilTold(events, 1);
  assert.deepEqual(typesOf(await toldBy(page, events)), ['TICKET_SUBMITTED']);
});

test('leaving while a ticket is sent is not giving up, leaving after it failed is', async (t) => {
  t.after(() => { world.ticketStatus = 200; });
  for (const fails of [false, true]) {
    world.ticketStatus = fails ? 500 : 200;
    const {page, events} = await followed(t, '/ticket?lang=en', fails ? {} : {tickets: new Promise(() => undefined)});
    await write(page);
    await page.locator('.suggestion').first().waitFor();
    const sent = page.waitForRequest('**/tickets');
    await send(page);
    await sent;
    if (fails) await page.getByRole('alert').waitFor();
    await leave(page);
    if (fails) await untilTold(events, 1);
    assert.deepEqual(typesOf(await toldBy(page, events)), fails ? ['ABANDONED'] : []);
  }
});

test('a ticket too short for suggestions counts all the same', async (t) => {
  const {page, events} = await followed(t, '/ticket?lang=en');
  await page.locator('#subject').fill('Help');
  await page.locator('#body').fill('Why?');
  await page.locator('#email').fill('visitor@shop.example');
  const told = page.waitForResponse('**/RecordEvent');
  await page.getByRole('button', {name: 'Send'}).click();
  assert.equal((await told).status(), 200);
  assert.deepEqual(typesOf(events), ['TICKET_SUBMITTED']);
});
