// Titles, texts and queries that try to be markup or script stay text.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkNoSidewaysScroll, visit} from './world.mjs';

async function checkUnharmed(page) {
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => window.pwned), undefined, 'a script of an article ran');
  assert.equal(await page.locator('main img, main iframe, main script, main svg[onload]').count(), 0);
}

test('hostile articles are shown as text', async (t) => {
  const page = await visit(t, '/?lang=en&corpus=hostile&q=zorblax');
  await page.locator('.hit').nth(3).waitFor();
  const titles = (await page.locator('.hit h2').allTextContents()).join('\n');
  assert.match(titles, /<img src=x onerror="window\.pwned=1"> Zorblax <script>/);
  await checkUnharmed(page);
  const count = await page.locator('.hit').count();
  for (let i = 0; i < count; ++i) {
    await page.locator('.hit h2 a').nth(i).click();
    await page.locator('article h1').waitFor();
    await checkUnharmed(page);
    for (const address of await page.locator('main a').evaluateAll((links) => links.map((link) => link.protocol))) {
      assert.match(address, /^https?:$/);
    }
    await page.goBack();
    await page.locator('.hit').nth(3).waitFor();
  }
  await page.setViewportSize({width: 360, height: 740});
  await checkNoSidewaysScroll(page);
});

test('hostile completions are shown as text', async (t) => {
  const page = await visit(t, '/?lang=en&corpus=hostile');
  await page.locator('input[role=combobox]').fill('zorbl');
  await page.locator('.option').first().waitFor();
  await checkUnharmed(page);
});

test('hostile queries and addresses are shown as text', async (t) => {
  const attack = '"><img src=x onerror="window.pwned=1"><script>window.pwned=2</script>';
  const page = await visit(t, `/?lang=en&q=${encodeURIComponent(attack)}`);
  await page.locator('.hit, .nothing').first().waitFor();
  await checkUnharmed(page);
  assert.equal(await page.locator('input[type=search]').inputValue(), attack);
  for (const name of ['corpus', 'lang', 'only', 'kind', 'cat', 'article', 'version', 'subject']) {
    await page.goto(`/?q=password&${name}=${encodeURIComponent(attack)}`);
    await page.locator('main *').first().waitFor();
    await checkUnharmed(page);
  }
  await page.goto(`/ticket?subject=${encodeURIComponent(attack)}`);
  await page.locator('#subject').waitFor();
  await checkUnharmed(page);
});

test('the policy lets no script of a page run', async (t) => {
  const page = await visit(t, 'about:blank');
  const response = await page.goto('/');
  const policy = response.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
});
