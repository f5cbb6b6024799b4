// Builds the page into the monitor's resources. With --check it only says whether what lies there is what these sources
// make, and with --out FOLDER it builds there.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const resources = join(here, '../app/src/main/resources/brink/monitor/web/page');

/** All that a browser may have to load, report template included. */
const MOST_BYTES = 300_000;

/** What stands in the report's template for the data; src/report/make.ts and the command `report` look for it. */
const PLACEHOLDER = '__BRINK_DATA__';

/** The files of the page, by name. */
async function files() {
  const result = await build({
    entryPoints: [join(here, 'src/main.tsx')],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    charset: 'utf8',
    absWorkingDir: here,
  });
  const script = text(result, '.js');
  const style = text(result, '.css');
  const icon = await readFile(join(here, 'src/favicon.svg'), 'utf8');
  const page = await readFile(join(here, 'src/index.html'), 'utf8');
  const scriptName = `assets/page-${hash(script)}.js`;
  const styleName = `assets/page-${hash(style)}.css`;
  return new Map([
    ['index.html', filled(page, `<link rel="stylesheet" href="/${styleName}">`, `<script type="module" src="/${scriptName}"></script>`, '<link rel="icon" href="/favicon.svg">')],
    ['report.html', filled(page, `<style>${style}</style>`, `<script type="application/json" id="brink-data">${PLACEHOLDER}</script><script type="module">${script}</script>`, policy(script, style))],
    ['favicon.svg', icon],
    [scriptName, script],
    [styleName, style],
  ]);
}

/** A report loads nothing and sends nothing. */
function policy(script, style) {
  const sha = (content) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${sha(script)}; style-src ${sha(style)}; img-src data: blob:">`;
}

function filled(page, style, script, head) {
  return page
    .replace('<!--head-->', () => head)
    .replace('<!--style-->', () => style)
    .replace('<!--script-->', () => script);
}

function text(result, extension) {
  return result.outputFiles.find((file) => file.path.endsWith(extension)).text;
}

function hash(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

async function present(folder) {
  const found = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      found.set(relative(folder, path).replaceAll('\\', '/'), await readFile(path, 'utf8'));
    }
  }
  return found;
}

const made = await files();
const size = [...made].filter(([name]) => name !== 'report.html').reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0);
if (size > MOST_BYTES) {
  console.error(`page: ${size} bytes are more than ${MOST_BYTES}`);
  process.exit(1);
}
if (made.get('report.html').split(PLACEHOLDER).length !== 2) {
  console.error(`page: report.html has to have ${PLACEHOLDER} once`);
  process.exit(1);
}
const out = process.argv.indexOf('--out');
if (process.argv.includes('--check')) {
  const there = await present(resources);
  const different = [...new Set([...made.keys(), ...there.keys()])].filter((name) => made.get(name) !== there.get(name));
  if (different.length > 0) {
    console.error(`page: the built page is not that of its sources (${different.join(', ')}); run 'npm run build' in monitor/page and commit what it makes`);
    process.exit(1);
  }
} else {
  const folder = out < 0 ? resources : process.argv[out + 1];
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of made) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
console.log(`page: ${made.size} files, ${size} bytes without the report's template`);
