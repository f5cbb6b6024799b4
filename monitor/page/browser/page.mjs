// What the browser's checks share: a page that notices what no page of Brink may do.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Longest that anything may take to appear, in milliseconds. */
export const PATIENCE = 60_000;

/** Chromium, of this machine. */
export async function launch() {
  return chromium.launch({ executablePath: process.env.BRINK_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/**
 * A page in a context of its own.
 *
 * @param faults gets each error of the page, each violation of its policy, and each request to another server
 */
export async function open(browser, faults, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 950 }, acceptDownloads: true, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // That a killed monitor does not answer, and that a run is not there yet, is said by the browser, too.
    if (message.type() === 'error' && !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY_RESPONSE|status of (503|404)|ERR_NETWORK/.test(message.text())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|file:|data:|blob:)/.test(request.url())) {
      faults.push(`request: ${request.url()}`);
    }
  });
  return page;
}

/** No serious fault that axe-core finds. */
export async function accessible(page, where) {
  // In a world of its own, where the page's policy does not forbid it.
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const serious = result.violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
  const told = serious.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], `axe on ${where}`);
}

/** The file that an action hands over, as text. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { path: await download.path(), name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Chooses an entry of the menu with this label. */
export async function choose(page, menu, entry) {
  await page.locator('.toolbar summary', { hasText: menu }).click();
  await page.locator('.toolbar').getByRole('button', { name: entry, exact: true }).click();
}

/** Waits until this is true. */
export async function until(condition, what) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    if (await condition().catch(() => false)) {
      return;
    }
    if (Date.now() > deadline) {
      assert.fail(`did not come: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
