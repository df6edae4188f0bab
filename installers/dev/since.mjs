// `npm test -- --since COMMIT`: the part of the gate that the changes since a commit reach, for work in between.
// It never records a pass: only the whole gate says that a commit may be merged.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { git, lastGreen } from './green.mjs'
import { root } from './node24.mjs'
import { SetupStop } from './progress.mjs'
import { codeOf, reachOf } from './reach.mjs'

const print = (text) => void process.stdout.write(`${text}\n`)

/** Takes `--since` and its commit out of the arguments; the commit is null without `--since`. */
export function takeSince(args) {
  const at = args.findIndex((arg) => arg === '--since' || arg.startsWith('--since='))
  if (at < 0) return { since: null, rest: args }
  const [, joined] = args[at].split('=', 2)
  const next = args[at + 1]
  const isNamed = joined === undefined && next !== undefined && !next.startsWith('--')
  const since = joined ?? (isNamed ? next : lastGreen())
  if (since === null || since === '')
    throw new SetupStop(
      'No commit has passed the gate here yet; name one: npm test -- --since COMMIT',
    )
  return { since, rest: args.toSpliced(at, isNamed ? 2 : 1) }
}

/** Paths that differ from a commit: of commits since, of the work tree, and new files that git does not ignore. */
function changedSince(commit) {
  const paths = (...args) =>
    git(...args)
      .split('\0')
      .filter((path) => path !== '')
  try {
    git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`)
  } catch {
    throw new SetupStop(`${commit} is no commit of this checkout; see git log.`)
  }
  return [
    ...paths('diff', '--name-only', '--no-renames', '-z', commit),
    ...paths('ls-files', '--others', '--exclude-standard', '-z'),
  ]
}

const isWindow = (path) => /^(?:renderer|centre\/pages|test\/renderer)\//.test(path)
const isCore = (path) => /^firmware-runtime\/\w+\/(?:pure|ports)\//.test(path)
const linted = /\.(?:ts|mts|mjs|js|vue)$/
const formatted = /\.(?:ts|mts|mjs|js|vue|json|css|html)$/

/** Steps of `check` for a change: types of what it reaches, lint and format of the changed files alone. */
export function stepsFor(steps, { all, files }, changed) {
  if (all !== null) return steps
  const there = changed.filter((path) => existsSync(join(root, path)))
  const reached = [...files]
  const kept = {
    'types of the window': reached.some(isWindow),
    'types of runtime and tests': reached.some((path) => linted.test(path) && !isWindow(path)),
    'types of core': reached.some(isCore),
  }
  const named = {
    lint: there.filter((path) => linted.test(path)),
    'lint of the window': there.filter((path) => isWindow(path) && linted.test(path)),
    format: there.filter((path) => formatted.test(path)),
  }
  return steps.flatMap((step) => {
    const paths = named[step.name]
    if (paths === undefined) return kept[step.name] === false ? [] : [step]
    return paths.length === 0
      ? []
      : [{ ...step, args: [...step.args.slice(0, -step.paths), ...paths] }]
  })
}

/** The stages of the gate with the test files that the changes since `commit` reach, and the steps of `check`. */
export function reachedSince(commit, stages, steps) {
  const changed = changedSince(commit)
  const reach = reachOf(changed, codeOf(root))
  // The tests of `check` are rules about the whole tree; those on links and of whole days run the built program.
  const runs = ({ name, of }, file) =>
    name === 'check' || (of === 'program' && reach.isProgram) || reach.hasTest(file)
  const left = stages.map((stage) => {
    const files = stage.files.filter((file) => runs(stage, file))
    return { ...stage, files, isWhole: stage.isWhole && files.length === stage.files.length }
  })
  const count = (list) => list.reduce((sum, { files }) => sum + files.length, 0)
  const why = reach.all === null ? '' : `, because ${reach.all} has changed`
  print(
    `Since ${commit}: ${changed.length} changed files reach ${count(left)} of ${count(stages)} test files${why}.`,
  )
  print('This is no gate: it records no pass.')
  return {
    stages: left.filter(({ files }) => files.length > 0),
    steps: stepsFor(steps, reach, changed),
  }
}
