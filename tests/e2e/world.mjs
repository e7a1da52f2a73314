// What the tests share: a server over the sample corpus and a hostile one, its
// tokens, a help desk that takes tickets, and a browser.
//
// KBSEARCH_BIN names the folder of the programs. With KBSEARCH_SCREENSHOTS set,
// pictures of the pages are written to that folder.
import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {chromium} from 'playwright-core';

const run = promisify(execFile);
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = process.env.KBSEARCH_BIN ?? join(root, 'build/release/bin');
const screenshots = process.env.KBSEARCH_SCREENSHOTS ?? '';

// Without these Chromium calls home, and waits for what does not answer.
const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const world = {http: '', data: '', tokenFile: '', tokens: {}, sources: {}, tickets: [], ticketStatus: 200};
const closers = [];
const log = [];

// Of a folder of the repository, or these files of it; from copies, which a test
// may change.
export async function buildCorpus(corpus, folder, files = ['']) {
  const source = world.sources[corpus] = `${world.data}-sources/${corpus}`;
  for (const file of files) await cp(join(root, folder, file), join(source, file), {recursive: true});
  await run(join(bin, 'kbsearch-indexer'),
    ['build', '--data', world.data, '--corpus', corpus, '--source', source, '--jobs', '2']);
}

async function buildCorpora() {
  await buildCorpus('helpdesk', 'corpora/helpdesk/content');
  await buildCorpus('hostile', 'tests/e2e/hostile');
}

async function makeTokens(file) {
  let entries = '';
  for (const role of ['portal', 'agent', 'operator']) {
    const {stdout} = await run(join(bin, 'kbsearch-server'), ['new-token', '--name', role, '--role', role]);
    world.tokens[role] = stdout.split('\n').map((line) => line.trim()).filter(Boolean)[1];
    entries += stdout.slice(stdout.indexOf('- name:'));
  }
  await writeFile(file, entries);
}

// A help desk: keeps the tickets that it gets.
async function startHelpDesk() {
  const desk = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    world.tickets.push(JSON.parse(Buffer.concat(pieces).toString()));
    response.writeHead(world.ticketStatus).end();
  });
  await new Promise((done) => desk.listen(0, '127.0.0.1', done));
  closers.push(() => desk.close());
  return `http://127.0.0.1:${desk.address().port}/tickets`;
}

// Resolves with the HTTP port's address when the server serves.
function startServer(flags) {
  const server = spawn(join(bin, 'kbsearch-server'), flags, {stdio: ['ignore', 'ignore', 'pipe']});
  world.server = server;
  closers.push(() => new Promise((done) => {
    server.once('exit', done);
    server.kill('SIGTERM');
  }));
  return new Promise((resolve, reject) => {
    let address = '';
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log.join('\n')}`)));
    createInterface({input: server.stderr}).on('line', (line) => {
      log.push(line);
      address ||= /event=listening protocol=http address=(\S+)/.exec(line)?.[1] ?? '';
      if (line.includes('event=serving')) resolve(`http://${address}`);
    });
  });
}

export async function startWorld() {
  const data = await mkdtemp(join(tmpdir(), 'kbsearch-e2e-'));
  closers.push(() => rm(data, {recursive: true, force: true}));
  world.data = join(data, 'data');
  world.tokenFile = join(data, 'tokens.yaml');
  await Promise.all([buildCorpora(), makeTokens(world.tokenFile)]);
  const webhook = await startHelpDesk();
  world.http = await startServer(['--data', world.data, '--listen', '127.0.0.1:0', '--http', '127.0.0.1:0',
    '--tokens', world.tokenFile, '--anonymous-role', 'portal', '--ticket-webhook', webhook,
    '--cors-origins', 'https://shop.example', '--events-text', 'on', '--log-level', 'info']);
  world.browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS});
  closers.push(() => world.browser.close());
}

async function untilLogged(event, before) {
  for (let i = 0; i < 100; ++i) {
    if (log.filter((line) => line.includes(event)).length > before) return;
    await pause(50);
  }
  assert.fail(`not logged: ${event}`);
}

// The server knows these tokens from now on, and no others.
async function setTokens(text) {
  const event = 'event=tokens_reloaded';
  const before = log.filter((line) => line.includes(event)).length;
  await writeFile(world.tokenFile, text);
  world.server.kill('SIGHUP');
  await untilLogged(event, before);
}

// Takes a role's token away until the returned function is called.
export async function withdrawToken(role) {
  const all = await readFile(world.tokenFile, 'utf8');
  const left = all.split(/^(?=- name:)/m).filter((entry) => !entry.startsWith(`- name: ${role}\n`));
  await setTokens(left.join(''));
  return () => setTokens(all);
}

export async function stopWorld() {
  for (const close of closers.reverse()) await close();
}

// A visitor's tab. What goes wrong inside a page (an exception, a breach of the
// Content-Security-Policy) fails the test when the visitor is closed.
export async function visit(t, path, {role, width = 1280, height = 900, locale = 'en-GB', dark = false, ...rest} = {}) {
  const context = await world.browser.newContext({
    baseURL: world.http, viewport: {width, height}, locale, colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...rest});
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && faults.push(message.text()));
  if (role) {
    await page.addInitScript((token) => sessionStorage.setItem('kbsearch-token', token),
      world.tokens[role] ?? role);
  }
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, [], 'faults inside the page');
  });
  await page.goto(path);
  return page;
}

const axe = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

// Fails on what keeps people out (axe: serious or critical).
export async function checkAccess(page) {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  const serious = violations.filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`);
  assert.deepEqual(serious, []);
}

export async function checkNoSidewaysScroll(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${over} pixels stand beside the page`);
}

// Of a page, or of one thing on it.
export async function picture(what, name) {
  if (screenshots) await what.screenshot({path: join(screenshots, `${name}.png`), animations: 'disabled'});
}
