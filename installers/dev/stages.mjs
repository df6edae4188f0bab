// The stages of `npm test`, in order, as data: what each runs and what it needs of the machine.
// A stage whose folder is not in the tree is not listed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'
import { SetupStop } from './progress.mjs'

const tool = (...path) => join(root, 'node_modules', ...path)
/** The native compiler; vue-tsc and the parser of lint need the interface of the one before it. */
const tsc = tool('typescript7', 'bin', 'tsc')
const vueTsc = tool('vue-tsc', 'bin', 'vue-tsc.js')

/** Steps of `check` that are not vitest, the longest first; each counts as one test. */
export const checkSteps = [
  {
    name: 'types of the window',
    folder: 'renderer/index.html',
    args: [vueTsc, '--noEmit', '-p', 'tsconfig.web.json'],
  },
  { name: 'lint', args: [tool('oxlint', 'bin', 'oxlint'), '.'] },
  { name: 'types of runtime and tests', args: [tsc, '--noEmit', '-p', 'tsconfig.node.json'] },
  { name: 'lint of the window', args: [tool('eslint', 'bin', 'eslint.js'), 'renderer'] },
  { name: 'types of core', args: [tsc, '--noEmit', '-p', 'tsconfig.core.json'] },
  {
    name: 'format',
    args: [tool('oxfmt', 'bin', 'oxfmt'), '-c', '.prettierrc.json', '--check', '.'],
  },
]

/**
 * `projects` are vitest projects, `parts` are groups of system-parts.mjs, `limitMin` ends a stage
 * that hangs; it is then a failure. A machine that is three times slower does not hang. `budgetMin` is what a stage
 * may take on two cores without other work:
 * it is printed beside the time, and fails nothing. Stages of the column `first`, which mostly wait, run one after
 * another, and those of `second`, which mostly compute, as well, both columns at once and about as long; a stage
 * without a column has the machine for itself. `forWindows` fetches Node for Windows before. A broken file of a stage with `alone` is run once more without anything beside it (alone.mjs).
 */
const all = [
  {
    name: 'check',
    folder: 'test/tidy',
    projects: ['tidy', 'tidy-mocking'],
    parts: [],
    budgetMin: 2,
    limitMin: 10,
  },
  {
    name: 'unit',
    folder: 'test',
    projects: ['unit', 'unit-mocking', 'ui', 'ui-mocking'],
    parts: ['openssl', 'pdf', 'python', 'curl', 'postgres'],
    budgetMin: 3.5,
    limitMin: 30,
  },
  {
    name: 'wire',
    folder: 'test/wire',
    parts: ['openssl', 'ptys', 'network', 'pdf', 'codes', 'python', 'ssh', 'mqtt'],
    column: 'first',
    alone: true,
    budgetMin: 5.5,
    limitMin: 40,
  },
  { name: 'sim', folder: 'test/sim', parts: [], column: 'second', budgetMin: 4, limitMin: 30 },
  {
    name: 'crash',
    folder: 'test/crash',
    parts: ['openssl', 'ptys', 'compiler'],
    column: 'second',
    budgetMin: 3,
    limitMin: 40,
  },
  {
    name: 'package',
    folder: 'test/package',
    parts: ['openssl', 'ptys', 'window', 'display', 'service'],
    window: true,
    forWindows: true,
    column: 'second',
    budgetMin: 1,
    limitMin: 30,
  },
  {
    name: 'rows',
    folder: 'test/rows',
    parts: ['openssl', 'ptys', 'service'],
    column: 'second',
    budgetMin: 1,
    limitMin: 30,
  },
  {
    name: 'e2e',
    folder: 'test/e2e',
    parts: ['openssl', 'ptys', 'pdf', 'codes', 'python', 'window', 'display', 'tray'],
    window: true,
    column: 'first',
    alone: true,
    budgetMin: 5,
    limitMin: 40,
  },
  { name: 'fuzz', folder: 'test/fuzz', parts: [], column: 'second', budgetMin: 2, limitMin: 30 },
  {
    name: 'bench',
    folder: 'test/bench',
    parts: ['openssl', 'ptys', 'window', 'display', 'service'],
    window: true,
    budgetMin: 2,
    limitMin: 30,
  },
]

/** The stages of this tree; `names` picks some of them, none means all. */
export function stagesFor(names) {
  const unknown = names.filter((name) => !all.some((stage) => stage.name === name))
  if (unknown.length > 0) {
    const known = all.map((stage) => stage.name).join(', ')
    throw new SetupStop(`no stage is called ${unknown.join(', ')}; there are ${known}.`)
  }
  return all
    .filter((stage) => names.length === 0 || names.includes(stage.name))
    .filter((stage) => existsSync(join(root, stage.folder)))
    .map((stage) => ({ projects: [stage.name], window: false, ...stage }))
}

/** The stages in rounds, one after another: each is a list of columns, which run beside each other. */
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
