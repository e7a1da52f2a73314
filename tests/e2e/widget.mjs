// The widget in a page of another site.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {test} from 'node:test';
import {picture, visit, world} from './world.mjs';

// A site's page whose styles would break whatever they reach.
const page = (tag, body = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<link rel="stylesheet" href="/shop.css"><h1>Shop</h1>${body}${tag}</html>`;
const STYLES = `input, p, a, button, ul, li, label { display: none !important; }
  * { all: unset; float: left !important; position: absolute !important; }
  html, body { display: block; float: none !important; position: static !important; }
  html { font-size: 62.5% !important; }
  body, div { font: 7px/1 cursive !important; color: #eee !important; text-transform: uppercase !important;
    letter-spacing: 9px !important; direction: rtl !important; visibility: hidden !important; }
  form, form * { display: block !important; position: static !important; visibility: visible !important; }`;
// As strict as docs/pages.md says that a site's policy may be.
const policy = () => `default-src 'none'; script-src ${world.http}; connect-src ${world.http}; style-src 'self'; ` +
  "require-trusted-types-for 'script'; trusted-types 'none'";

async function shop(t, html) {
  const site = createServer((request, response) => {
    const isSheet = request.url === '/shop.css';
    response.writeHead(200, {'content-type': isSheet ? 'text/css' : 'text/html', 'content-security-policy': policy()})
      .end(isSheet ? STYLES : html());
  });
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
  t.after(() => site.close());
  return `http://127.0.0.1:${site.address().port}/`;
}

// The shop is a site that the server lets in; here its answers are let through by
// the browser, whose port for the shop is another one each time.
const asShop = async (opened) => {
  await opened.route(`${world.http}/kbsearch.v1.*/**`, async (route) => {
    try {
      const response = await route.fetch({headers: {...route.request().headers(), origin: 'https://shop.example'}});
      assert.equal(response.headers()['access-control-allow-origin'], 'https://shop.example');
      await route.fulfill({response, headers: {...response.headers(), 'access-control-allow-origin': '*'}});
    } catch (error) {
      // The page may be closed before its last answer is here.
      if (!/disposed|closed/.test(error.message)) throw error;
    }
  });
};

test('the search box of the widget', async (t) => {
  const address = await shop(t, () => page(`<script src="${world.http}/widget.js" data-corpus="helpdesk"></script>`));
  const opened = await visit(t, 'about:blank', {serviceWorkers: 'block'});
  await asShop(opened);
  await opened.goto(address);
  await opened.getByLabel('Search the help centre').fill('forgot password');
  const link = opened.getByRole('link').first();
  await link.waitFor();
  const looks = await link.evaluate((a) => {
    const {color, direction, fontSize, letterSpacing, position, textTransform, visibility} = getComputedStyle(a);
    return {color, direction, fontSize, letterSpacing, position, textTransform, visibility};
  });
  assert.deepEqual(looks, {color: 'rgb(40, 80, 200)', direction: 'ltr', fontSize: '16px', letterSpacing: 'normal',
    position: 'static', textTransform: 'none', visibility: 'visible'}, 'nothing of the site’s styles got in');
  const {width} = await opened.getByLabel('Search the help centre').boundingBox();
  assert.ok(width > 300, `as wide as its place: ${width}`);
  await picture(opened, 'widget');
  assert.match(await link.textContent(), /password/i);
  assert.ok((await link.getAttribute('href')).startsWith(`${world.http}/?corpus=helpdesk`));
  assert.equal(await opened.evaluate(() => document.querySelectorAll('body a').length), 0, 'it stays in its shadow');
});

test('suggestions beside the site’s own form', async (t) => {
  const address = await shop(t, () => page(
    `<script src="${world.http}/widget.js" data-corpus="helpdesk" data-subject="#s" data-body="#b"
      data-suggestion-field="#id"></script>`,
    '<form><input id="s"><textarea id="b"></textarea><input id="id"></form>'));
  const opened = await visit(t, 'about:blank', {serviceWorkers: 'block'});
  await asShop(opened);
  await opened.goto(address);
  await opened.locator('#b').fill('I forgot my password and the reset e-mail never arrives.');
  const suggestion = opened.locator('summary').first();
  await suggestion.waitFor();
  assert.ok(await opened.locator('#id').inputValue(), 'the suggestion_id goes with the ticket');
  await suggestion.click();
  const told = opened.evaluate(() => new Promise((done) =>
    addEventListener('kbsearch:solved', (event) => done(event.detail.articleId))));
  await opened.getByRole('button', {name: 'This solved it'}).first().click();
  assert.ok(await told);
  await opened.getByText('Glad that is solved!').waitFor();
});
