// The public pages, as visitors of five languages use them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkAccess, checkNoSidewaysScroll, picture, visit} from './world.mjs';

// What somebody types, and the article that must come first.
const QUERIES = [
  {language: 'en', locale: 'en-GB', query: 'forgot password', first: /password/i, title: 'Help centre'},
  {language: 'fr', locale: 'fr-BE', query: 'mot de passe oublié', first: /mot de passe/i, title: 'Centre d’aide'},
  {language: 'nl', locale: 'nl-NL', query: 'wachtwoord vergeten', first: /wachtwoord/i, title: 'Helpcentrum'},
  {language: 'ru', locale: 'ru-RU', query: 'забыл пароль', first: /парол/i, title: 'Справочный центр'},
  {language: 'el', locale: 'el-GR', query: 'ξεχασα κωδικο', first: /κωδικ/i, title: 'Κέντρο βοήθειας'},
];

for (const {language, locale, query, first, title} of QUERIES) {
  test(`a visitor searches in ${language}`, async (t) => {
    const page = await visit(t, '/', {locale});
    assert.equal(await page.getAttribute('html', 'lang'), language);
    assert.equal(await page.textContent('.brand'), title);
    await page.locator('input[role=combobox]').fill(query);
    await page.keyboard.press('Enter');
    await page.locator('.hit h2').first().waitFor();
    assert.match(await page.locator('.hit h2').first().textContent(), first);
    assert.ok(await page.locator('.hit mark, .hit .answer').count() > 0);
    assert.equal(new URL(page.url()).searchParams.get('q'), query);
    await checkAccess(page);
    await page.locator('.hit h2 a').first().click();
    await page.locator('article h1').waitFor();
    assert.match(await page.title(), new RegExp(title));
    await page.goBack();
    await page.locator('.hit h2').first().waitFor();
  });
}

test('a deep link shows results with their filters', async (t) => {
  const page = await visit(t, '/?lang=en&q=password&kind=faq&only=en');
  await page.locator('.hit').first().waitFor();
  for (const kind of await page.locator('.hit .kind').allTextContents()) {
    assert.match(kind, /Question/);
  }
  assert.equal(await page.getByLabel('Questions and answers').isChecked(), true);
  await page.getByLabel('Questions and answers').uncheck();
  await page.waitForURL((url) => !url.searchParams.has('kind'));
});

test('a deep link shows an article in its language', async (t) => {
  const page = await visit(t, '/?lang=nl&article=reset-password&version=fr');
  await page.locator('article h1').waitFor();
  assert.equal(await page.locator('article h1').getAttribute('lang'), 'fr');
  await page.locator('.versions a[lang=el]').click();
  await page.locator('article h1[lang=el]').waitFor();
  await checkAccess(page);
});

test('what was mistyped is mended, said so, and can be had as typed', async (t) => {
  const page = await visit(t, '/?lang=en&q=reset+pasword');
  await page.locator('.rewrite strong').waitFor();
  assert.equal(await page.locator('.rewrite strong').textContent(), 'reset password');
  await picture(page, 'portal-results');
  await page.locator('.rewrite a').click();
  await page.waitForURL((url) => url.searchParams.has('verbatim'));
  await page.locator('.rewrite strong').waitFor({state: 'detached'});
});

test('nothing found offers the next step', async (t) => {
  const page = await visit(t, '/?lang=en&q=qzxqzx', {width: 360, height: 740, dark: true});
  await page.locator('.nothing h2').waitFor();
  await checkAccess(page);
  await picture(page, 'portal-empty-phone-dark');
  await page.locator('.nothing .primary').click();
  assert.equal(await page.locator('#subject').inputValue(), 'qzxqzx');
});

test('more results follow', async (t) => {
  const page = await visit(t, '/?lang=en&q=order');
  await page.locator('.hit').nth(9).waitFor();
  assert.equal(await page.locator('.hit').count(), 10);
  await page.locator('.more').click();
  await page.locator('.hit').nth(10).waitFor();
});

test('a phone of 360 pixels is wide enough', async (t) => {
  const page = await visit(t, '/?lang=ru&q=возврат', {width: 360, height: 740, locale: 'ru-RU'});
  await page.locator('.hit').first().waitFor();
  await checkNoSidewaysScroll(page);
  await picture(page, 'portal-results-phone');
  await page.locator('.facets-toggle').click();
  await page.locator('.facets-body fieldset').first().waitFor();
  await checkNoSidewaysScroll(page);
  for (const path of ['/?lang=el', '/ticket?lang=fr', '/?lang=ru&article=faq-returns']) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    await checkNoSidewaysScroll(page);
  }
  await picture(page, 'portal-article-phone');
});

// Capitals without accents, another alphabet, words in any order.
for (const {locale, typed, wanted} of [
  {locale: 'el-GR', typed: 'ΚΩΔΙΚΟΣ', wanted: /κωδικ/i}, {locale: 'el-GR', typed: 'kodikos', wanted: /κωδικ/i},
  {locale: 'nl-NL', typed: 'vergeten wachtwoord', wanted: /wachtwoord/i},
  {locale: 'ru-RU', typed: 'zabyl parol', wanted: /парол/i}]) {
  test(`on a phone, “${typed}” is understood while it is typed`, async (t) => {
    const page = await visit(t, '/?corpus=helpdesk', {locale, width: 360, height: 740, isMobile: true, hasTouch: true});
    await page.locator('input[role=combobox]').tap();
    await page.keyboard.type(typed, {delay: 40});
    await page.locator('.option', {hasText: wanted}).first().waitFor();
    await checkNoSidewaysScroll(page);
    if (typed === 'ΚΩΔΙΚΟΣ') await picture(page, 'portal-completions-phone');
    await page.keyboard.press('Enter');
    await page.locator('.hit').first().waitFor();
    assert.match(await page.locator('.hit h2').first().textContent(), wanted);
  });
}

test('home, an article and the results look as they do, in the dark too', async (t) => {
  const page = await visit(t, '/?lang=en');
  await page.locator('.hero').waitFor();
  await checkAccess(page);
  await picture(page, 'portal-home');
  const dark = await visit(t, '/?lang=el&q=κωδικος', {dark: true, locale: 'el-GR'});
  await dark.locator('.hit').first().waitFor();
  await checkAccess(dark);
  await picture(dark, 'portal-results-dark');
  await page.goto('/?lang=en&article=reset-password');
  await page.locator('article h1').waitFor();
  await picture(page, 'portal-article');
});

test('the page does not jump while it loads', async (t) => {
  const page = await visit(t, '/?lang=en&q=password');
  await page.locator('.hit').first().waitFor();
  const shift = await page.evaluate(() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
  }));
  // What counts as good in the field is below 0.1.
  assert.ok(shift < 0.05, `layout shift ${shift}`);
});

test('nothing is loaded from elsewhere, and little at all', async (t) => {
  const page = await visit(t, 'about:blank');
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  let bytes = 0;
  page.on('response', async (response) => {
    bytes += (await response.request().sizes()).responseBodySize;
  });
  await page.goto('/');
  await page.locator('.hero').waitFor();
  await page.waitForLoadState('networkidle');
  const home = new URL(page.url()).origin;
  assert.deepEqual(requests.filter((url) => !url.startsWith(home) && !url.startsWith('data:')), []);
  assert.ok(bytes > 5_000 && bytes < 80_000, `${bytes} bytes`);
  t.diagnostic(`first load: ${bytes} bytes`);
});

test('an article that is not there says so', async (t) => {
  const page = await visit(t, '/?lang=en&article=no-such-article');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').textContent(), /does not exist/);
});

test('related articles lead on', async (t) => {
  const page = await visit(t, '/?lang=en&article=reset-password');
  const related = page.locator('.related a').first();
  await related.waitFor();
  await checkAccess(page);
  const title = (await related.textContent()).trim();
  await related.click();
  await page.locator('h1, .entry.wanted h2').filter({hasText: title}).first().waitFor();
});

test('whether it helped is asked and recorded', async (t) => {
  const page = await visit(t, '/?lang=en&q=forgot+password');
  await page.locator('.hit h2 a').first().click();
  await page.locator('.helpful').waitFor();
  const told = page.waitForRequest((request) => request.url().endsWith('/RecordEvent') &&
    request.postDataJSON().type === 'TYPE_HELPFUL');
  await page.locator('.helpful button').first().click();
  const event = (await told).postDataJSON();
  assert.ok(event.searchId && event.articleId && event.sessionId);
  assert.equal((await (await told).response()).status(), 200);
});
