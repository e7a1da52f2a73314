// Without a mouse, and fast.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {picture, visit} from './world.mjs';

test('the search box is a combobox by the keyboard alone', async (t) => {
  const page = await visit(t, '/?lang=en');
  await page.locator('.hero').waitFor();
  await page.keyboard.press('/');
  const box = page.locator('input[role=combobox]');
  assert.equal(await box.evaluate((input) => input === document.activeElement), true);
  await page.keyboard.type('passw');
  await page.locator('.option').first().waitFor();
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  await picture(page, 'portal-completions');
  await page.keyboard.press('ArrowDown');
  const chosen = await box.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${chosen}"]`).getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await box.getAttribute('aria-expanded'), 'false');
  assert.equal(await box.inputValue(), 'passw');
  await page.keyboard.press('ArrowDown');
  await page.locator('.option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('q') || url.searchParams.has('article'));
});

test('a visitor finds and reads an article without a mouse', async (t) => {
  const page = await visit(t, '/?lang=en');
  await page.locator('.hero').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('track my order');
  await page.keyboard.press('Enter');
  await page.locator('.hit').first().waitFor();
  const link = page.locator('.hit h2 a').first();
  for (let i = 0; i < 40 && !await link.evaluate((a) => a === document.activeElement); ++i) {
    await page.keyboard.press('Tab');
  }
  assert.equal(await link.evaluate((a) => a === document.activeElement), true, 'Tab reaches the first result');
  await page.keyboard.press('Enter');
  const title = page.locator('article h1');
  await title.waitFor();
  assert.equal(await title.evaluate((h1) => h1 === document.activeElement), true, 'reading starts at the title');
});

test('what has the focus can be seen', async (t) => {
  const page = await visit(t, '/?lang=en&q=password');
  await page.locator('.hit').first().waitFor();
  for (const path of ['/?lang=en', '/?lang=en&q=password', '/ticket?lang=en', '/?lang=en&article=reset-password']) {
    await page.goto(path);
    await page.locator('h1').first().waitFor();
    for (let i = 0; i < 12; ++i) {
      await page.keyboard.press('Tab');
      const unseen = await page.evaluate(() => {
        const element = document.activeElement;
        const {width, height, top, bottom} = element.getBoundingClientRect();
        return width < 8 || height < 8 || bottom < 0 || top > innerHeight ? element.outerHTML.slice(0, 100) : '';
      });
      assert.equal(unseen, '', `${path}: has the focus`);
    }
  }
});

test('completions follow the keys', async (t) => {
  const page = await visit(t, '/?lang=en');
  await page.locator('.hero').waitFor();
  // From the key to the list on the screen, for each letter typed.
  const times = await page.evaluate(async () => {
    const input = document.querySelector('input[type=search]');
    const list = document.querySelector('[role=listbox]');
    input.focus();
    const times = [];
    for (const words of [['deliver', 'warranty', 'password'], ['invoice', 'returns', 'account'],
      ['payment', 'address', 'discount'], ['shipping', 'charger', 'message']]) {
      for (const word of words) {
        for (let end = 2; end <= word.length; ++end) {
          const changed = new Promise((done) => {
            const watch = new MutationObserver(() => {
              watch.disconnect();
              done(performance.now());
            });
            watch.observe(list, {childList: true, subtree: true, characterData: true});
            setTimeout(() => done(0), 250);
          });
          const pressed = performance.now();
          input.value = word.slice(0, end);
          input.dispatchEvent(new InputEvent('input', {bubbles: true}));
          const shown = await changed;
          if (shown) times.push(shown - pressed);
          await new Promise((done) => setTimeout(done, 20));
        }
      }
    }
    return times.sort((a, b) => a - b);
  });
  const at = (share) => times[Math.floor(times.length * share)].toFixed(0);
  t.diagnostic(`completions: ${times.length}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  assert.ok(times.length > 10);
});

test('answers to earlier keys are dropped', async (t) => {
  const page = await visit(t, '/?lang=en');
  let held;
  await page.route('**/Autocomplete', async (route) => {
    const {prefix} = route.request().postDataJSON();
    // The answer to the first key comes after that to the second.
    if (prefix === 'wa') await new Promise((done) => { held = done; });
    await route.continue().catch(() => undefined);
  });
  const box = page.locator('input[role=combobox]');
  const asked = page.waitForRequest('**/Autocomplete');
  await box.fill('wa');
  await asked;
  await box.fill('passw');
  await page.locator('.option').first().waitFor();
  held();
  await page.waitForTimeout(200);
  for (const option of await page.locator('.option').allTextContents()) assert.doesNotMatch(option, /^wa/i);
});
