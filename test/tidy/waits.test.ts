// All tests use the one wait: none waits otherwise, gives up early, reads a clock or has its own limit.
// The made-up files below must be refused, which shows that the rule works, and the good ones must pass.
import { expect, it } from 'vitest'
import { readTree, treeOf } from './tree.ts'
import { waitFaults } from './waits.ts'

it('every wait is the one of the kit, and no test has a limit of its own', () => {
  expect(waitFaults(readTree())).toEqual([])
})

const kit = 'export const patienceMs = 600_000\nexport const shortMs = 30_000'
const imported = "import { patienceMs, shortMs } from '../kit/eventually.ts'\n"
const faultsOf = (text: string, path = 'test/wire/a.test.ts'): string[] =>
  waitFaults(treeOf({ 'test/kit/eventually.ts': kit, [path]: imported + text }))

it.each([
  ['vitest, by expectations', 'await vi.waitFor(() => expect(n).toBe(1))'],
  ['vitest, by a question', 'await vi.waitUntil(() => n === 1)'],
  ['a poll', 'await expect.poll(() => n).toBe(1)'],
  ['a poll over two lines', 'await expect\n  .poll(() => n)\n  .toBe(1)'],
  ['a locator', 'await page.locator("main").click({ timeout: 30_000 })'],
  ['a child process', "spawnSync('a', [], { timeout: 2 * 60_000 })"],
  ['a limit by its name', "const timeout = 5_000\nspawnSync('a', [], { timeout })"],
  ['a limit of another file', "spawnSync('a', [], { timeout: shortMs })"],
  ['a limit that may be short', "spawnSync('a', [], { timeout: slow ? 900_000 : 9_000 })"],
  ['a signal', 'await fetch(url, { signal: AbortSignal.timeout(5_000) })'],
  ['a window', 'page.setDefaultTimeout(60_000)'],
  ['a pause of a window', 'await page.waitForTimeout(500)'],
  ['a shell', `const run = '${'timeout'} -s KILL 30 node a.ts'`],
  ['a shell in seconds', `const run = \`${'timeout'} 9s node \${file}\``],
  ['a file for its tests', 'vi.setConfig({ testTimeout: 60_000 })'],
  ['a test', "it('is so', () => expect(n).toBe(1), 60_000)"],
  ['a row of tests', "it.each(rows)('%s', async (row) => {}, limitMs)"],
  ['a test by its options', "it('is so', { timeout: 900_000 }, () => {})"],
  ['a skipped test', "test.skipIf(!has)('is so', { timeout: perRow * rows }, () => {})"],
  ['a group', "describe('all', options, () => {})\nconst options = { timeout: 1_000_000 }"],
  ['a test that is named', "it('is so', look, 60_000)"],
  ['a hook', 'beforeAll(async () => {}, 120_000)'],
  ['a hook that is named', 'afterAll(close, limitMs)'],
  ['a loop on the clock', 'while (Date.now() < 5_000) await look()'],
  ['a loop with an end', 'const endMs = Date.now() + 5_000\nwhile (nowMs() < endMs) look()'],
  ['a loop that breaks', 'for (;;) {\n  if (performance.now() - startMs > 9) throw late\n}'],
  ['a loop by a name', 'const ageMs = () => Date.now() - 7\ndo look()\nwhile (ageMs() < 9)'],
  ['a loop that pauses', 'for (;;) await new Promise((done) => setTimeout(done, 5))'],
  [
    "a loop with Node's pause",
    "import { setTimeout as rest } from 'node:timers/promises'\nwhile (!is()) await rest(50)",
  ],
  [
    'a loop with a pause of its own',
    'const rest = (ms) => new Promise((done) => setTimeout(done, ms))\nfor (let n = 0; n < 9; n++) {\n  await rest(50)\n}',
  ],
])('refuses: %s', (_what, text) => {
  expect(faultsOf(text)).toHaveLength(1)
})

it.each([
  ['the wait', 'await eventually(() => n, { of: run }).toBe(1)'],
  ['patience of the kit', "spawnSync('a', [], { timeout: patienceMs })"],
  ['ten minutes', 'await page.click({ timeout: 600_000 })'],
  ['no limit', 'await page.click({ timeout: 0 })'],
  ['a word', "const silence = { kind: 'silence', reason: 'timeout' }"],
  ['a test and its hooks', "beforeAll(open)\nit.each([[1, 2]])('%s', (a, b) => {})"],
  ['options without a limit', "it('is so', { retry: 0 }, () => {})"],
  ['a shell that waits long', `const run = '${'timeout'} -s KILL 600 node a.ts'`],
  ['a loop on a clock of its own', 'while (world.nowMs < untilMs) world.step()'],
  ['a time that is read in a loop', 'for (const row of rows) row.atMs = Date.now() - 1'],
  ['a pause alone', 'await new Promise((done) => setTimeout(done, 5))'],
  ['a loop that starts pauses', 'for (const row of rows) setTimeout(() => put(row), row.atMs)'],
  ['a poll of a device', 'await board.poll(9)'],
])('lets through: %s', (_what, text) => {
  expect(faultsOf(text)).toEqual([])
})

it('leaves a bench its clock, but not its limits', () => {
  const bench = 'test/bench/rows/a.ts'
  expect(faultsOf('while (performance.now() < endMs) await step()', bench)).toEqual([])
  expect(faultsOf('await page.click({ timeout: 60_000 })', bench)).toHaveLength(1)
})

it('says where and what', () => {
  expect(faultsOf('\nafterAll(close, 120_000)')).toEqual([
    'test/wire/a.test.ts:3 has a limit of its own: 120_000',
  ])
})
