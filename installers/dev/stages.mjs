// The test stages as data: what each runs, in which tier, and what it needs of the machine.
// `npm test` is the tier `gate`; `npm run test:all` runs every stage. A stage without test files is not listed.
import { join } from 'node:path'
import { root } from './node24.mjs'
import { SetupStop } from './progress.mjs'
import { projectFiles } from './projects.mjs'
import { armNode, electronCopy, shippedNode, wineNode } from './for-windows.mjs'

const tool = (...path) => join(root, 'node_modules', ...path)
/** The native compiler; window-types.mjs and the lint parser need the API of the previous one. */
const tsc = tool('typescript7', 'bin', 'tsc')

/**
 * Steps of `check` besides vitest, the longest first; each counts as one test. `prints`: also when it passes; `paths`:
 * how many of its last arguments are paths, which name fewer files where only a change is judged (since.mjs).
 */
export const checkSteps = [
  { name: 'lint', args: [tool('oxlint', 'bin', 'oxlint'), '.'], paths: 1 },
  { name: 'types of the window', args: [join(root, 'installers', 'dev', 'window-types.mjs')] },
  { name: 'types of runtime and tests', args: [tsc, '--noEmit', '-p', 'tsconfig.node.json'] },
  {
    name: 'lint of the window',
    args: [tool('eslint', 'bin', 'eslint.js'), 'renderer', 'centre'],
    paths: 2,
  },
  { name: 'types of core', args: [tsc, '--noEmit', '-p', 'tsconfig.core.json'] },
  { name: 'lines by room', args: [join(root, 'test', 'tidy', 'lines.ts')], prints: true },
  {
    name: 'format',
    args: [tool('oxfmt', 'bin', 'oxfmt'), '-c', '.prettierrc.json', '--check', '.'],
    paths: 1,
  },
]

/** The gate ends itself as failed after this; it should take 8 minutes on two idle cores. */
export const gateMinMax = 75
/** A stage in which no test has ended for so long is stopped: longer than a test may take (vitest.config.ts). */
export const silentMinMax = 45

/**
 * `projects`: projects of projects.mjs, by default the stage's own name. `gate` includes the stage in the gate: all its
 * files, or the named ones, at the scale `gate`. `parts`: groups of system-parts.mjs. `quietMin`: minutes of the whole
 * stage on two idle cores, for information only. `column`: the stages of `first`, which mostly wait, run one after
 * another, and so do those of `second`, which mostly compute; both columns run at once; a stage without a column runs
 * alone. `of`: what a result depends on, which is its file with all imports, or also the `program`, or the whole `tree`
 * (memory.mjs). With `alone` a late file of the stage runs again alone (alone.mjs). `fetched`: packages for other
 * systems that are fetched before (for-windows.mjs).
 */
const all = [
  {
    name: 'check',
    projects: ['tidy', 'tidy-mocking'],
    gate: true,
    of: 'tree',
    parts: [],
    quietMin: 2,
    alone: true,
  },
  {
    name: 'unit',
    projects: ['unit', 'unit-mocking', 'ui', 'ui-mocking'],
    gate: true,
    of: 'file',
    parts: ['openssl'],
    quietMin: 3.5,
    alone: true,
  },
  {
    name: 'hosts',
    of: 'program',
    parts: ['openssl', 'pdf', 'python', 'curl', 'postgres'],
    column: 'first',
    quietMin: 1.5,
    alone: true,
  },
  {
    name: 'long',
    projects: ['long', 'long-ui'],
    of: 'program',
    parts: ['openssl'],
    column: 'second',
    quietMin: 4,
    alone: true,
  },
  {
    name: 'smoke',
    gate: true,
    of: 'program',
    parts: ['openssl', 'ptys', 'window', 'display'],
    window: true,
    column: 'first',
    quietMin: 2,
    alone: true,
  },
  {
    name: 'wire',
    of: 'program',
    parts: ['openssl', 'ptys', 'network', 'pdf', 'codes', 'python', 'ssh', 'mqtt'],
    column: 'first',
    quietMin: 5.5,
    alone: true,
  },
  {
    name: 'sim',
    gate: ['sim', 'replay-unattended', 'replay-traces'].map((name) => `test/sim/${name}.test.ts`),
    of: 'program',
    parts: [],
    column: 'second',
    quietMin: 4,
  },
  {
    name: 'crash',
    of: 'program',
    parts: ['openssl', 'ptys', 'compiler'],
    column: 'second',
    quietMin: 3,
    alone: true,
  },
  {
    name: 'package',
    of: 'program',
    parts: ['openssl', 'ptys', 'window', 'display', 'service', 'arm64'],
    window: true,
    fetched: [shippedNode, armNode],
    column: 'second',
    quietMin: 4,
    alone: true,
  },
  {
    name: 'windows',
    of: 'program',
    parts: ['openssl', 'ptys', 'service', 'wine'],
    fetched: [shippedNode, wineNode, electronCopy],
    column: 'second',
    quietMin: 4,
    alone: true,
  },
  {
    name: 'rows',
    of: 'program',
    parts: ['openssl', 'ptys', 'service'],
    column: 'second',
    quietMin: 3,
    alone: true,
  },
  {
    name: 'e2e',
    of: 'program',
    parts: ['openssl', 'ptys', 'pdf', 'codes', 'python', 'postgres', 'window', 'display', 'tray'],
    window: true,
    column: 'first',
    quietMin: 5,
    alone: true,
  },
  { name: 'fuzz', of: 'program', parts: [], column: 'second', quietMin: 2 },
  {
    name: 'bench',
    of: 'program',
    parts: ['openssl', 'ptys', 'window', 'display', 'service'],
    window: true,
    quietMin: 3,
    alone: true,
  },
]

/** How much is run: the gate's part, everything, or the full scale of design.md section 7. */
export const tiers = ['gate', 'all', 'full']

/**
 * The stages of a tier with their files; `names` selects some of them, an empty list all. `files`: all files of the
 * stage in this tier.
 */
export function stagesFor(tier, names = []) {
  const stages = all.filter(({ gate }) => tier !== 'gate' || gate !== undefined)
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name))
  if (unknown.length > 0) {
    const known = stages.map(({ name }) => name).join(', ')
    const elsewhere = tier === 'gate' ? '; npm run test:all -- NAME runs every other one' : ''
    throw new SetupStop(`no stage is called ${unknown.join(', ')}; there are ${known}${elsewhere}.`)
  }
  const ofProject = projectFiles()
  return stages
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map(({ gate, ...stage }) => {
      const projects = stage.projects ?? [stage.name]
      const whole = projects.flatMap((name) => ofProject[name])
      const files = tier === 'gate' && Array.isArray(gate) ? gate : whole
      return { window: false, ...stage, projects, files, isWhole: files === whole }
    })
    .filter(({ files }) => files.length > 0)
}

/** The stages as rounds that run one after another; the columns of a round run in parallel. */
export function roundsOf(stages) {
  const rounds = []
  const columns = new Map()
  for (const stage of stages) {
    const { column } = stage
    if (column === undefined) rounds.push([[stage]])
    else if (columns.has(column)) columns.get(column).push(stage)
    else {
      if (columns.size === 0) rounds.push(columns)
      columns.set(column, [stage])
    }
  }
  return rounds.map((round) => [...round.values()])
}
