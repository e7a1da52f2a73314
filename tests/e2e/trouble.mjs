// When something is not there: the server, corpora, room on the screen.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkAccess, checkNoSidewaysScroll, picture, visit} from './world.mjs';

const GONE = '**/kbsearch.v1.*/**';
const cut = (route) => route.abort();

test('a server that is gone is told, and found again', async (t) => {
  const page = await visit(t, '/?lang=nl&corpus=helpdesk', {locale: 'nl-NL'});
  await page.route(GONE, cut);
  await page.locator('input[role=combobox]').fill('bestelling');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('niet bereikbaar').waitFor();
  await checkAccess(page);
  await page.unroute(GONE, cut);
  await page.getByRole('button', {name: 'Opnieuw proberen'}).click();
  await page.locator('.hit').first().waitFor();
});

test('at the desk nothing typed is lost over it', async (t) => {
  const desk = await visit(t, '/agent?lang=fr&corpus=helpdesk', {role: 'agent', locale: 'fr-FR'});
  await desk.route(GONE, cut);
  await desk.locator('#ticket').fill('mot de passe');
  await desk.getByText('Le serveur est injoignable').waitFor();
  await checkAccess(desk);
  await desk.unroute(GONE, cut);
  await desk.getByRole('button', {name: 'Réessayer'}).click();
  await desk.locator('.finding').first().waitFor();
  assert.equal(await desk.locator('#ticket').inputValue(), 'mot de passe');
});

test('the desk sees visitors again after the server was away', async (t) => {
  const watch = '**/WatchFailedSearches';
  const desk = await visit(t, '/agent?lang=en&corpus=helpdesk', {role: 'agent'});
  await desk.route(watch, cut);
  const refused = desk.waitForEvent('requestfailed', (request) => request.url().endsWith('/WatchFailedSearches'));
  await desk.reload();
  await refused;
  const again = desk.waitForRequest(watch);
  await desk.unroute(watch, cut);
  await again;
  const visitor = await visit(t, '/?lang=en&corpus=helpdesk&q=zorgblarg');
  await visitor.locator('.nothing').waitFor();
  await visitor.locator('input[role=combobox]').fill('quuxiness');
  await visitor.keyboard.press('Enter');
  await desk.locator('.failing').getByText('quuxiness').waitFor();
});

test('a message that cannot be sent stays', async (t) => {
  const page = await visit(t, '/ticket?lang=ru&corpus=helpdesk', {locale: 'ru-RU'});
  await page.route('**/tickets', cut);
  await page.locator('#subject').fill('Заказ');
  await page.locator('#body').fill('Где мой заказ?');
  await page.locator('#email').fill('visitor@shop.example');
  await page.getByRole('button', {name: 'Отправить'}).click();
  await page.getByRole('alert').getByText('Текст сохранён').waitFor();
  await checkAccess(page);
  await page.unroute('**/tickets', cut);
  await page.getByRole('button', {name: 'Отправить'}).click();
  await page.locator('.happy').waitFor();
});

test('a server that is starting, and one without corpora', async (t) => {
  const page = await visit(t, '/?lang=el', {locale: 'el-GR'});
  await page.route('**/config.json', (route) => route.fulfill({status: 503, body: 'opening the index'}));
  for (const [path, text] of [['/?lang=el', 'δεν είναι διαθέσιμο'], ['/agent?lang=el', 'δεν είναι διαθέσιμος']]) {
    await page.goto(path);
    await page.getByRole('alert').getByText(text).waitFor();
  }
  await page.unroute('**/config.json');
  await page.route('**/config.json', (route) => route.fulfill({json: {corpora: [], languages: [], tickets: true}}));
  await page.goto('/?lang=el');
  await page.locator('.hero').getByText('Δεν υπάρχει ακόμη τίποτα για αναζήτηση.').waitFor();
  await checkAccess(page);
});

test('one of several corpora is chosen, and stays in the address', async (t) => {
  const page = await visit(t, '/?lang=en&q=zorblax&corpus=helpdesk');
  await page.locator('.nothing, .hit').first().waitFor();
  await page.getByLabel('Knowledge base').selectOption('hostile');
  await page.locator('.hit').nth(3).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('corpus'), 'hostile');
});

// 320 pixels are what a window of 1280 has at 400 %.
const QUERIES = {el: 'κωδικός', en: 'password', fr: 'mot de passe', nl: 'wachtwoord', ru: 'пароль'};
for (const [lang, query] of Object.entries(QUERIES)) {
  test(`every page in ${lang} can be zoomed to 400 %`, async (t) => {
    const page = await visit(t, `/?lang=${lang}`, {role: 'operator', width: 320, height: 256});
    const at = `lang=${lang}&corpus=helpdesk`;
    for (const [path, wanted] of [[`/?${at}`, '.hero'], [`/?${at}&q=${query}`, '.hit'],
      [`/?${at}&article=faq-returns`, 'article h1'], [`/ticket?${at}`, '#subject'], [`/agent?${at}`, '#ticket'],
      ...['corpora', 'insights', 'gaps', 'synonyms', 'curations', 'playground']
        .map((tab) => [`/operator?${at}&tab=${tab}`, '.tabs + *'])]) {
      await page.goto(path);
      await page.locator(wanted).first().waitFor();
      await checkNoSidewaysScroll(page);
    }
  });
}

test('who wants no motion gets none', async (t) => {
  const page = await visit(t, '/?lang=en&q=password');
  await page.locator('.hit').first().waitFor();
  const moving = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
    const {transitionDuration, animationName} = getComputedStyle(element);
    return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
  }).length);
  assert.equal(await moving(), 0);
  await page.emulateMedia({reducedMotion: 'no-preference'});
  assert.notEqual(await moving(), 0);
});
