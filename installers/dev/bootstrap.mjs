// Behind every npm script: installs and builds what the task needs, reports it, then runs the task.
// Uses only Node built-ins, and runs on Node 20, because nothing is installed yet when it starts.
import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronEnv, ensureElectron } from './electron.mjs'
import { isFresh } from './freshness.mjs'
import { ensureMutation } from './mutation.mjs'
import { root } from './node24.mjs'
import { pinned } from './for-windows.mjs'
import { ensurePackages } from './packages.mjs'
import { collect, inherit, say, SetupStop, setUpStep, step, tail } from './progress.mjs'
import { gate } from './gate.mjs'
import { withMemory, wholeOf } from './resumed.mjs'
import { runStages } from './run-stages.mjs'
import { reachedSince, takeSince } from './since.mjs'
import { checkSteps, gateMinMax, stagesFor } from './stages.mjs'
import { stopWhenOrphaned } from './orphan.mjs'
import { ensureParts, missingParts, partsLeft } from './system-parts.mjs'

const here = (...path) => join(root, 'installers', 'dev', ...path)
const oldestNode = 20

/** The sources of dist/. */
const sources = [
  'centre',
  'electron',
  'firmware-runtime',
  'renderer',
  'package-lock.json',
  'vite.node.config.ts',
  'vite.renderer.config.ts',
].map((path) => join(root, path))

/** Parts of dist/ by their last file, in the order of build.mjs. */
const builtParts = [
  ['main', 'main.mjs'],
  ['preload', 'preload.cjs'],
  ['runtime', 'build.json'],
  ['runtime', 'platform-page', 'index.html'],
  ['runtime', 'centre-page', 'index.html'],
  ['renderer', 'index.html'],
].map((path) => join(root, 'dist', ...path))

function percentBuilt(sinceMs) {
  const done = builtParts.filter(
    (file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= sinceMs,
  )
  return (100 * done.length) / builtParts.length
}

async function buildAll(node) {
  const stamp = join(root, 'dist', '.built')
  if (isFresh(stamp, sources)) return
  const startedMs = Date.now()
  const { code, output } = await step(
    setUpStep('build', 'build'),
    () => collect(node, [here('build.mjs')], { cwd: root }),
    () => percentBuilt(startedMs),
  )
  if (code === 0) {
    writeFileSync(stamp, '')
    // A file that changes during the build must be newer than the stamp.
    utimesSync(stamp, startedMs / 1000, startedMs / 1000)
    return
  }
  say(tail(output, 40))
  throw new SetupStop('The build failed; its own words are above.')
}

const hasDisplay = () =>
  process.platform !== 'linux' ||
  [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((name) => (name ?? '') !== '')

/** A window opens without a Chinese font, but not without its libraries. */
const canOpenWindow = async () =>
  process.platform !== 'linux' ||
  (await missingParts(['window'])).every(({ kind }) => kind !== 'library')

const notDemo = (arg) => arg !== '--demo'

/** Opens Studio; without a display it starts the lot or the demo without a window. */
async function start(args) {
  const node = await ensurePackages()
  // Simulated devices use sockets where there are no ptys, so that nobody has to be root for the demo.
  const isWindowed = hasDisplay()
  const lacks = await partsLeft(isWindowed ? ['ptys', 'window'] : ['ptys'])
  if (lacks !== null) say(lacks)
  const hasWindow = isWindowed && (await canOpenWindow())
  if (!hasWindow) {
    // `--data` without `--demo` names a lot; otherwise the demo starts.
    const isLot = !args.includes('--demo') && args.some((arg) => arg.startsWith('--data'))
    const command = isLot ? ['run', ...args] : ['demo', '--headless', ...args.filter(notDemo)]
    const without = isWindowed ? 'No window without those parts' : 'No display here'
    say(
      isLot
        ? `${without}: the lot runs without a window (etc-lane run).`
        : `${without}: the demo lot runs without a window (etc-lane demo --headless).`,
    )
    return inherit(node, [here('etc-lane.mjs'), ...command], { cwd: root })
  }
  const electron = await ensureElectron(node)
  await buildAll(node)
  // Chromium refuses to run its sandbox as root.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return inherit(electron.binary, [...flags, root, ...args], {
    cwd: root,
    env: electronEnv(electron),
  })
}

const explain = (error) =>
  say(error instanceof SetupStop ? error.message : String(error?.stack ?? error))

/** Installs and builds what the stages need on this machine; returns the settings for running them. */
async function machineFor(stages, tier) {
  const node = await ensurePackages()
  await ensureParts(stages.flatMap((stage) => stage.parts))
  const window = stages.some((stage) => stage.window)
  const electron = window ? await ensureElectron(node) : null
  const pins = new Set(stages.flatMap(({ fetched = [] }) => fetched))
  for (const pin of pins) await pinned(pin)
  const isBuilt = window || pins.size > 0
  if (isBuilt) await buildAll(node)
  const program = isBuilt ? join(root, 'dist', 'runtime', 'main.mjs') : null
  return { node, electron, program, scale: tier, steps: checkSteps, passed: () => undefined }
}

/**
 * Runs the tests of a tier: `names` selects stages, a path selects that test file. The gate runs everything, or with
 * `--since COMMIT` what the changes since then reach; `test:all` runs what has not passed with the same content, and
 * everything with `--anew`.
 */
async function runTests(given, tier) {
  const { since, rest: args } = tier === 'gate' ? takeSince(given) : { since: null, rest: given }
  const named = args.filter((arg) => !arg.startsWith('--'))
  const files = named.filter((arg) => arg.includes('/'))
  const names = named.filter((arg) => !arg.includes('/'))
  const every = stagesFor(tier, names)
  const picked = every
    .map((stage) => withFiles(stage, files))
    .filter(({ files: own }) => own.length > 0)
  const unknown = files.filter((file) => !every.some((stage) => stage.files.includes(file)))
  if (unknown.length > 0) throw new SetupStop(`no stage has ${unknown.join(', ')}.`)
  const some = since === null ? null : reachedSince(since, picked, checkSteps)
  const machine = { ...(await machineFor(some?.stages ?? picked, tier)), ...some }
  if (tier === 'gate')
    return runStages(some?.stages ?? picked, {
      ...machine,
      endsMs: Date.now() + gateMinMax * 60_000,
    })
  const anew = args.includes('--anew') || files.length > 0
  const { stages, memory, before } = withMemory(picked, { machine, sources, anew })
  const total = await runStages(stages, { ...machine, ...memory })
  return wholeOf(total, before, { isWhole: named.length === 0, tier })
}

const withFiles = (stage, files) =>
  files.length === 0
    ? stage
    : { ...stage, isWhole: false, files: stage.files.filter((file) => files.includes(file)) }

/** Prints the sum as the last line in any case. */
async function test(args, tier) {
  const total = await runTests(args, tier).catch((error) => {
    explain(error)
    return { passed: 0, failed: 1 }
  })
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
  // A run without any passed test shows nothing.
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/** Mutation tests of the folders that handle money, run by hand, never as a stage. */
async function mutation(args) {
  const node = await ensurePackages()
  await ensureMutation()
  return inherit(node, [join(root, 'test', 'mutation', 'main.ts'), ...args], { cwd: root })
}

/** Lists that never fail: of the style, or of the themes that the rooms become. */
const lists = { '--style': 'style.ts', '--map': 'map.ts' }
async function check([how, ...args]) {
  if (!Object.hasOwn(lists, how ?? '')) return test(['check'], 'gate')
  const program = join(root, 'test', 'tidy', lists[how])
  return inherit(await ensurePackages(), [program, ...args], { cwd: root })
}

/** Prepares what a packaged or measured window needs, then runs one program with our arguments. */
async function withWindow(program, args) {
  const node = await ensurePackages()
  await ensureParts(['openssl', 'ptys', 'window', 'display'])
  const electron = await ensureElectron(node)
  await buildAll(node)
  return inherit(node, [program, ...args], { cwd: root, env: electronEnv(electron) })
}

const tasks = {
  start: (args) => start(args),
  test: (args) => test(args, 'gate'),
  'test:all': (args) => test(args, 'all'),
  'test:full': (args) => test(args, 'full'),
  gate: () => gate(),
  'test:mutation': (args) => mutation(args),
  check: (args) => check(args),
  bench: (args) => withWindow(join(root, 'test', 'bench', 'main.ts'), args),
  package: (args) => withWindow(here('package.mjs'), args),
  sign: async (args) =>
    inherit(await ensurePackages(), [here('sign-release.mjs'), ...args], { cwd: process.cwd() }),
  release: (args) => withWindow(here('release-command.mjs'), args),
}

async function main([name, ...args]) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNode) {
    throw new SetupStop(
      `Node ${process.versions.node} is too old; install Node ${oldestNode} or newer.`,
    )
  }
  const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined
  if (task === undefined) {
    throw new SetupStop(`Say what to do: ${Object.keys(tasks).join(', ')}.`)
  }
  return task(args)
}

stopWhenOrphaned()
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  explain(error)
  process.exitCode = 1
}
