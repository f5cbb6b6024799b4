// Uses the live page as a person would. Called by LivePageIT:
//   node check.mjs ADDRESS RUN SPIKED STEP FOLDER
// RUN trains while this goes on and ends by itself; SPIKED is over and has one value of s far above all others, at STEP.
// Lines on standard output that begin with @ ask for something, and each is answered with a line on standard input:
// "@start" begins RUN, "@kill" kills the monitor, "@restart" starts it again. FOLDER takes pictures.
import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { accessible, choose, downloaded, launch, open, until } from './page.mjs';

const [base, run, spiked, spikeStep, folder] = process.argv.slice(2);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const faults = [];
const browser = await launch();

async function ask(what) {
  console.log(`@${what}`);
  await answers.next();
}

function step(name) {
  console.log(`${((Date.now() - began) / 1000).toFixed(1)} s: ${name}`);
}

const began = Date.now();
try {
  const page = await open(browser, faults, { colorScheme: 'light' });
  await page.goto(base);

  step('a run that starts appears by itself');
  await page.getByRole('link', { name: spiked, exact: true }).waitFor();
  await page.evaluate(() => (globalThis.sameDocument = true));
  const early = await open(browser, faults);
  await early.goto(`${base}#/runs/${encodeURIComponent(run)}`);
  await early.getByRole('heading', { name: 'No such run so far' }).waitFor();
  await ask('start');
  await early.locator('.chart .u-over').first().waitFor();
  await early.context().close();
  await page.getByRole('link', { name: run, exact: true }).waitFor();
  await accessible(page, 'runs, light');

  step('regimes appear without a reload');
  await page.getByRole('link', { name: run, exact: true }).click();
  await page.locator('.strip .regime-STABLE').first().waitFor();
  await page.locator('.changes .regime-EDGE').first().waitFor();
  await page.locator('.strip .regime-EDGE').first().waitFor();
  assert.ok(await page.evaluate(() => globalThis.sameDocument), 'the page was loaded again');

  step('a name is kept');
  await page.getByRole('button', { name: 'edit', exact: true }).click();
  await page.getByLabel('Name').fill('<b>renamed</b> "run"');
  await page.getByLabel('Tags').fill('keep, fig-3');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: '<b>renamed</b> "run"', exact: true }).waitFor();

  step('the monitor is killed; the page says so, reconnects and catches up');
  const stepText = page.locator('.progress-line b');
  const shown = async () => Number((await stepText.textContent()).replaceAll(',', ''));
  await ask('kill');
  await page.getByText('The monitor does not answer').waitFor();
  const before = await shown();
  await ask('restart');
  await until(async () => (await page.getByText('The monitor does not answer').count()) === 0, 'the banner goes');
  await until(async () => (await shown()) > before, 'later steps');
  await page.locator('.status-COMPLETED').first().waitFor();
  await until(async () => (await page.locator('.changes li').count()) >= 3, 'the changes');
  assert.ok(await page.evaluate(() => globalThis.sameDocument), 'the page was loaded again');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), '<b>renamed</b> "run"');
  await accessible(page, 'run, light');

  step('a click on the charts shows the evidence');
  const over = page.locator('.chart .u-over').first();
  const box = await over.boundingBox();
  await over.click({ position: { x: box.width * 0.9, y: box.height / 2 } });
  await page.locator('.evidence table').waitFor();

  step('zoom reaches every point');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.53, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByText('every point', { exact: true }).waitFor();
  const zoomed = JSON.parse((await downloaded(page, () => choose(page, 'Save', 'JSON of what is shown'))).text);
  const loss = zoomed.find((chart) => chart.chart === 'loss').curves.find((curve) => curve.field === 'loss');
  assert.ok(loss.x.length > 10, `${loss.x.length} points`);
  assert.deepEqual([...new Set(loss.x.slice(1).map((x, i) => x - loss.x[i]))], [1], 'every step is there');
  const permalink = page.url();
  const other = await open(browser, faults, { colorScheme: 'dark' });
  await other.goto(permalink);
  await other.getByText('every point', { exact: true }).waitFor();
  await accessible(other, 'run, dark');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'reset' }).click();
  await page.getByText('least and largest of each bucket').or(page.getByText('every point', { exact: true })).waitFor();

  step('axes');
  for (const axis of ['flow time', 'wall time', 'step']) {
    await page.getByRole('radio', { name: axis }).click();
    await until(async () => (await page.locator('.strip .regime-EDGE').count()) > 0, axis);
  }
  await page.getByRole('button', { name: 'log x' }).click();
  await page.getByRole('button', { name: 'log x' }).click();
  await page.getByLabel('smooth').selectOption('0.02');
  await page.screenshot({ path: join(folder, 'run-light.png') });

  step('the data that the run trains on');
  await page.locator('.run-header .data', { hasText: 'rows to train on' }).waitFor();
  await page.locator('.run-header summary').click();
  assert.match(await page.locator('.run-header .more').textContent(), /split.*with seed/);

  step('geometry: the zigzag of the last steps, and the steps before');
  await page.getByRole('navigation', { name: 'Ways to look at the run' }).getByRole('link', { name: 'Geometry' }).click();
  const plane = page.locator('.plane [role=img]');
  await page.locator('.plane svg').waitFor();
  const atTheEnd = await plane.getAttribute('aria-label');
  assert.match(atTheEnd, /^Steps 2800 to 2999: .* rad along the slow motion/);
  const length = page.locator('.geometry .toolbar select').first();
  await length.selectOption('50');
  await page.getByLabel('Last step that is shown').fill('2500');
  await until(async () => (await plane.getAttribute('aria-label')).startsWith('Steps 2451 to 2500: '), 'the steps that were chosen');
  const drawn = JSON.parse((await downloaded(page, () => choose(page, 'Save', 'JSON'))).text)[0];
  const oscillation = drawn.curves.find((curve) => curve.field === 'iterates').y;
  assert.equal(oscillation.length, 50);
  const turns = oscillation.slice(2).filter((y, i) => (y - oscillation[i + 1]) * (oscillation[i + 1] - oscillation[i]) < 0);
  assert.equal(turns.length, 48, 'each step turns round');
  assert.ok(drawn.curves.some((curve) => curve.label === 'central flow'), 'a predicted flow');
  await accessible(page, 'geometry, light');
  await page.screenshot({ path: join(folder, 'geometry-light.png') });
  await length.selectOption('0');
  await page.getByText('the extremes are drawn').or(page.getByText('Steps 101 to')).first().waitFor();
  await page.getByRole('button', { name: 'Play' }).click();
  await until(async () => page.url().includes('at=') === false || (await plane.getAttribute('aria-label')).includes('to 2999'), 'it plays to the end');

  step('replay: verdicts appear at their steps, back and forth');
  await page.getByRole('navigation', { name: 'Ways to look at the run' }).getByRole('link', { name: 'Replay' }).click();
  await page.locator('.replay input').waitFor();
  assert.equal(await page.locator('.changes .regime-EDGE').count(), 0, 'no verdict of the future');
  await page.locator('.replay input').fill('2999');
  await page.locator('.changes .regime-ENDED').first().waitFor();
  const edge = Number((await page.locator('.changes li', { has: page.locator('.regime-EDGE') }).last().locator('.at').textContent()).replace(/\D/g, ''));
  await page.locator('.replay input').fill(String(edge - 1));
  await until(async () => (await page.locator('.changes .regime-EDGE').count()) === 0, 'the edge is not known yet');
  assert.equal(await shown(), edge - 1);
  await accessible(page, 'replay, light');
  await page.screenshot({ path: join(folder, 'replay-light.png') });
  await page.locator('.player select').selectOption({ label: 'all in 10 s' });
  await page.getByRole('button', { name: 'Play' }).click();
  await page.locator('.changes .regime-ENDED').first().waitFor();
  await page.getByRole('navigation', { name: 'Ways to look at the run' }).getByRole('link', { name: 'Charts' }).click();
  await page.locator('.chart .u-over').first().waitFor();

  step('a report opens without a network');
  const report = await downloaded(page, () => choose(page, 'Save', 'Report: one HTML file'));
  const kept = join(folder, 'report.html');
  await copyFile(report.path, kept);
  const reader = await open(browser, faults, { offline: true });
  await reader.goto(pathToFileURL(kept).href);
  await reader.locator('.chart .u-over').first().waitFor();
  await reader.getByRole('heading', { name: '<b>renamed</b> "run"', exact: true }).waitFor();
  await reader.getByRole('radio', { name: 'flow time' }).click();
  await until(async () => (await reader.locator('.strip .regime-EDGE').count()) > 0, 'regimes of the report over flow time');
  for (const entry of ['CSV of what is shown', 'SVG', 'PNG']) {
    assert.ok((await downloaded(page, () => choose(page, 'Save', entry))).text.length > 1000, entry);
  }

  step('one step far above all others is there at full width');
  await other.goto(`${base}#/runs/${encodeURIComponent(spiked)}`);
  await other.locator('.chart .u-over').first().waitFor();
  await other.getByText('least and largest of each bucket').waitFor();
  const whole = JSON.parse((await downloaded(other, () => choose(other, 'Save', 'JSON of what is shown'))).text);
  const ratio = whole.find((chart) => chart.chart === 'ratio').curves.find((curve) => curve.field === 'stability_ratio');
  const spike = ratio.x.indexOf(Number(spikeStep));
  assert.ok(spike >= 0, `step ${spikeStep} is among the ${ratio.x.length} points`);
  assert.equal(Math.max(...ratio.y), ratio.y[spike]);
  await other.screenshot({ path: join(folder, 'spike-dark.png') });

  step('comparison');
  await page.goto(`${base}#/compare?runs=${encodeURIComponent(run)},${encodeURIComponent(spiked)}`);
  await page.locator('.compared .differs').first().waitFor();
  await page.locator('.chart .u-over').first().waitFor();
  await page.getByRole('radio', { name: 'onset' }).click();
  await page.locator('.chart .u-over').first().waitFor();
  await accessible(page, 'comparison, light');
  await page.screenshot({ path: join(folder, 'compare-light.png') });

  step('rejected records and the list, with a phone');
  const phone = await open(browser, faults, { colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  const own = `#/runs/${encodeURIComponent(run)}`;
  for (const place of ['#/rejected', '#/', `${own}/replay?at=1500`, `${own}/geometry`, own]) {
    await phone.goto(base + place);
    await phone.locator('table.list, .chart .u-over, .plane svg, .empty:not(:has-text("Reading"))').first().waitFor();
    await until(() => phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${place} is no wider than a phone`);
    await accessible(phone, `${place}, phone, dark`);
    await phone.screenshot({ path: join(folder, `phone-dark${place.replace(/[^a-z]+/g, '-')}.png`) });
  }

  assert.deepEqual(faults, []);
  step('done');
} finally {
  await browser.close();
}
process.exit(0);
