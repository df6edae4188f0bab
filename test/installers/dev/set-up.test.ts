// Set-up behind `npm test`: what it says when it cannot go on, and how stages are picked and counted.
// Its last line on stdout is the sum, also where nothing could be run.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { repository } from '../../tidy/tree.ts'
import type { Checkout } from './made-up-checkout.ts'
import { makeCheckout } from './made-up-checkout.ts'

const made: Checkout[] = []
afterEach(() => {
  for (const checkout of made.splice(0)) checkout.remove()
})
const load = (name: string): Promise<unknown> => import(join(repository, 'installers', 'dev', name))

interface Parts {
  partGroups: Record<string, { kind: string; name: string; packages: string[] }[]>
  chooseNames(names: string[], known: (name: string) => Promise<boolean>): Promise<string[]>
  missingParts(groups: string[]): Promise<unknown[]>
}
interface Stage {
  name: string
  projects: string[]
  parts: string[]
  budgetMin: number
}
interface Stages {
  stagesFor(names: string[]): Stage[]
  roundsOf(stages: Stage[]): Stage[][][]
}
interface Counting {
  countsOf(text: string | null, code: number): { passed: number; failed: number }
}

function bootstrap(withNode: boolean, args: string[]) {
  const checkout = makeCheckout(withNode)
  made.push(checkout)
  checkout.write('package-lock.json', '{ "lockfileVersion": 3, "packages": {} ')
  const program = join(checkout.root, 'installers', 'dev', 'bootstrap.mjs')
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: checkout.root })
}

it('a broken lock file stops set-up with one sentence, and the sum is the last line', () => {
  const { status, stdout, stderr } = bootstrap(false, ['test'])
  expect(status).toBe(1)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed')
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
    /^npm could not install the packages; .*npm ci$/,
  )
})

it.each([[[]], [['none']], [['toString']]])(
  'refuses the task %j and names those there are',
  (args) => {
    const { status, stderr } = bootstrap(true, args)
    expect(status).toBe(1)
    expect(stderr).toContain('start, test, test:full, test:mutation, check, bench, package')
  },
)

it('refuses a stage that does not exist, still with the sum', () => {
  const { status, stdout, stderr } = bootstrap(true, ['test', 'none'])
  expect(status).toBe(1)
  expect(stdout.trim()).toBe('0 passed, 1 failed')
  expect(stderr).toContain('no stage is called none')
})

it('lists check and unit first, and only stages whose folder is there', async () => {
  const { stagesFor } = (await load('stages.mjs')) as Stages
  expect(
    stagesFor([])
      .map((stage) => stage.name)
      .slice(0, 2),
  ).toEqual(['check', 'unit'])
  const projects = ['unit', 'unit-mocking', 'ui', 'ui-mocking']
  expect(stagesFor(['unit'])).toMatchObject([{ name: 'unit', projects }])
})

it('runs two columns beside each other, each stage once, and alone where the other is not asked for', async () => {
  const { roundsOf, stagesFor } = (await load('stages.mjs')) as Stages
  const names = (stageNames: string[]): string[][][] =>
    roundsOf(stagesFor(stageNames)).map((columns) =>
      columns.map((column) => column.map(({ name }) => name)),
    )
  const whole = names([])
  expect(whole).toEqual([
    [['check']],
    [['unit']],
    [
      ['wire', 'e2e'],
      ['sim', 'crash', 'package', 'rows', 'fuzz'],
    ],
    // A measurement has the machine for itself.
    [['bench']],
  ])
  expect(names(['sim', 'unit'])).toEqual([[['unit']], [['sim']]])
})

it('the budgets of the rounds are those of the whole run: 21 minutes with set-up', async () => {
  const { roundsOf, stagesFor } = (await load('stages.mjs')) as Stages
  const setUpMin = 2
  const sumOf = (minutes: number[]): number => minutes.reduce((sum, min) => sum + min, 0)
  const rounds = roundsOf(stagesFor([])).map((columns) =>
    Math.max(...columns.map((column) => sumOf(column.map(({ budgetMin }) => budgetMin)))),
  )
  expect(setUpMin + sumOf(rounds)).toBeLessThanOrEqual(21)
})

it('every group of parts that a stage needs exists, and check needs none', async () => {
  const { stagesFor } = (await load('stages.mjs')) as Stages
  const { partGroups } = (await load('system-parts.mjs')) as Parts
  for (const stage of stagesFor([])) {
    for (const group of stage.parts) expect(Object.keys(partGroups)).toContain(group)
  }
  expect(stagesFor(['check'])[0]?.parts).toEqual([])
})

it('takes the 64-bit-time name of a package where the release has one', async () => {
  const { chooseNames } = (await load('system-parts.mjs')) as Parts
  const known = (name: string): Promise<boolean> => Promise.resolve(name === 'libgtk-3-0t64')
  expect(await chooseNames(['libgtk-3-0', 'xvfb', 'xvfb'], known)).toEqual([
    'libgtk-3-0t64',
    'xvfb',
  ])
})

it('finds nothing missing where nothing is needed', async () => {
  const { missingParts } = (await load('system-parts.mjs')) as Parts
  expect(await missingParts([])).toEqual([])
})

it.each([
  ['no report', null, 0, 1],
  ['no report and a crash', null, 139, 1],
  ['all passed', '{"passed":3,"failed":0}', 0, 0],
  ['all passed but the run failed', '{"passed":3,"failed":0}', 1, 1],
  ['two failed', '{"passed":3,"failed":2}', 1, 2],
])('counts a stage: %s', async (_what, text, code, failed) => {
  const { countsOf } = (await load('run-stages.mjs')) as Counting
  expect(countsOf(text, code).failed).toBe(failed)
})

interface Alone {
  filesToRunAlone(counts: unknown): string[]
  withAlone(before: unknown, alone: unknown): unknown
}
const inA = { file: 'a', passed: 2, failed: 1 }
const oneBroken = { passed: 9, failed: 1, broken: ['a: x'], brokenFiles: [inA], passedFiles: [] }

it.each([
  ['one test of a file', oneBroken, ['a']],
  ['nothing failed', { passed: 9, failed: 0, broken: [], brokenFiles: [] }, []],
  ['the run crashed', { ...oneBroken, broken: ['code 9'], brokenFiles: [] }, []],
  ['also something without a file', { ...oneBroken, failed: 2, broken: ['a: x', 'y'] }, []],
  [
    'three files',
    { failed: 3, broken: ['', '', ''], brokenFiles: [inA, { ...inA }, { ...inA }] },
    [],
  ],
])('runs again alone: %s', async (_what, counts, files) => {
  const { filesToRunAlone } = (await load('alone.mjs')) as Alone
  expect(filesToRunAlone(counts)).toEqual(files)
})

it.each([
  ['passed whole', { passed: 3, failed: 0, passedFiles: ['a'] }, { passed: 10, failed: 0 }],
  ['failed again', { passed: 2, failed: 1, passedFiles: ['a'] }, { passed: 9, failed: 1 }],
  ['ran less than before', { passed: 2, failed: 0, passedFiles: ['a'] }, { passed: 9, failed: 1 }],
])('a file that ran alone and %s', async (_what, alone, sum) => {
  const { withAlone } = (await load('alone.mjs')) as Alone
  const named = sum.failed === 0 ? { alone: ['a: x'], broken: [] } : { broken: ['a: x'] }
  expect(withAlone(oneBroken, alone)).toMatchObject({ ...sum, ...named })
})

it('a claim is shown by a test that passed in the run, in its file or below its folder', async () => {
  const { unshown } = (await load('coverage.mjs')) as {
    unshown(tables: unknown, passed: string[]): string[]
  }
  const tables = [{ rows: [{ clause: '1', tests: ['test/a.test.ts', 'test/b/'] }] }]
  expect(unshown(tables, ['test/a.test.ts', 'test/b/c.test.ts'])).toEqual([])
  expect(unshown(tables, ['test/a.test.ts', 'test/bb.test.ts'])).toHaveLength(1)
  expect(unshown(tables, [])).toHaveLength(2)
})
