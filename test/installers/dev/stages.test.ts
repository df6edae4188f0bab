// The table of stages: every test file is in one, the gate is a part of them, and rounds run each stage once.
// Also the counting of a run, and the claims that a complete run has to show.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../../tidy/tree.ts'

const load = (name: string): Promise<unknown> => import(join(repository, 'installers', 'dev', name))

interface Stage {
  name: string
  projects: string[]
  files: string[]
  quietMin: number
}
interface Stages {
  stagesFor(tier: string, names?: string[]): Stage[]
  roundsOf(stages: Stage[]): Stage[][][]
}
interface Projects {
  allTests(): string[]
  projectFiles(): Record<string, string[]>
}

it('has every test file of the tree in exactly one stage', async () => {
  const { stagesFor } = (await load('stages.mjs')) as Stages
  const { allTests } = (await load('projects.mjs')) as Projects
  const files = stagesFor('all').flatMap((stage) => stage.files)
  expect(files.toSorted()).toEqual(allTests())
  expect(allTests()).toContain('test/installers/dev/stages.test.ts')
})

it('runs tests that start a process or open a socket apart from those that do neither', async () => {
  const { projectFiles } = (await load('projects.mjs')) as Projects
  const { hosts, unit } = projectFiles()
  expect(hosts).toContain('test/installers/dev/set-up.test.ts')
  expect(hosts).toContain('test/firmware-runtime/devices/links/tcp-link.test.ts')
  expect(unit).toContain('test/firmware-runtime/base/pure/data/crc32.test.ts')
})

it('has at most ten files on real links in the gate, and none of the long ones', async () => {
  const { stagesFor } = (await load('stages.mjs')) as Stages
  const gate = stagesFor('gate')
  expect(gate.map(({ name }) => name)).toEqual(['check', 'unit', 'smoke', 'sim'])
  expect(gate.find(({ name }) => name === 'smoke')?.files.length).toBeLessThanOrEqual(10)
  expect(gate.find(({ name }) => name === 'sim')?.files).toHaveLength(3)
})

it('runs two columns beside each other, each stage once, and alone where the other is not asked for', async () => {
  const { roundsOf, stagesFor } = (await load('stages.mjs')) as Stages
  const names = (tier: string, picked: string[]): string[][][] =>
    roundsOf(stagesFor(tier, picked)).map((columns) =>
      columns.map((column) => column.map(({ name }) => name)),
    )
  expect(names('gate', [])).toEqual([[['check']], [['unit']], [['smoke'], ['sim']]])
  // A measurement runs alone on the machine.
  expect(names('all', []).at(-1)).toEqual([['bench']])
  expect(names('all', ['sim', 'unit'])).toEqual([[['unit']], [['sim']]])
})

const report = (counts: object): string =>
  JSON.stringify({ passed: 3, failed: 0, files: ['a', 'b'], lateStarts: [], ...counts })

it.each([
  ['no report', null, 0, 1],
  ['no report and a crash', null, 139, 1],
  ['all passed', report({}), 0, 0],
  ['all passed but the run failed', report({}), 1, 1],
  ['two failed', report({ failed: 2, broken: ['a', 'b'] }), 1, 2],
  ['a file that reported nothing', report({ files: ['a'] }), 0, 1],
  ['a process that started late, and every file reported', report({ lateStarts: ['x'] }), 1, 0],
])('counts a stage: %s', async (_what, text, code, failed) => {
  const { countsOf } = (await load('run-vitest.mjs')) as {
    countsOf(text: string | null, code: number, asked: string[]): { failed: number }
  }
  expect(countsOf(text, code, ['a', 'b']).failed).toBe(failed)
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

it('what a whole run keeps as shown are claims whose tests passed, each once', async () => {
  const { shownOf } = (await load('coverage.mjs')) as {
    shownOf(tables: unknown, passed: string[]): string[]
  }
  const row = { clause: '1', tests: ['test/b/', 'test/a.test.ts'] }
  const tables = [{ rows: [row, { ...row, clause: '2' }] }]
  const passed = ['test/a.test.ts', 'test/b/c.test.ts', 'test/c.test.ts']
  expect(shownOf(tables, passed)).toEqual(['test/a.test.ts', 'test/b/'])
  expect(shownOf(tables, ['test/b/c.test.ts'])).toEqual(['test/b/'])
  expect(shownOf(tables, [])).toEqual([])
})

it.each([
  [null, null, /^LATE: no whole run/],
  [
    { hash: '0123456789ab', passed: 9, atIso: 'x', isDirty: false },
    20,
    /^the last whole .*20 commits ago, 9/,
  ],
  [{ hash: '0123456789ab', passed: 9, atIso: 'x', isDirty: true }, 21, /^LATE: .*no commit has/],
])('the gate says how old the last whole run is: %j, %j', async (whole, commits, words) => {
  const { wholeLine } = (await load('gate.mjs')) as {
    wholeLine(whole: unknown, commits: number | null): string
  }
  expect(wholeLine(whole, commits)).toMatch(words)
})
