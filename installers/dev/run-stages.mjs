// Runs test stages, round after round, and adds up what they report.
// A stage that crashes, hangs or reports nothing has failed: silence is never a pass.
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coverageTables, unshown } from './coverage.mjs'
import { electronEnv } from './electron.mjs'
import { root } from './node24.mjs'
import { collect, inherit, step } from './progress.mjs'
import { checkSteps, roundsOf } from './stages.mjs'
import { filesToRunAlone, withAlone } from './alone.mjs'

const minuteMs = 60_000
const slowestMax = 20
/** Test processes start by the hundred: what the engine made of a source file once serves them all. */
const compiled = join(root, 'node_modules', '.cache', 'compiled')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const print = (text) => void process.stdout.write(`${text}\n`)
const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

const lists = { broken: [], brokenFiles: [], passedFiles: [], slowest: [], alone: [] }
const none = { passed: 0, failed: 0, skipped: 0, ...lists }
const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  broken: [...a.broken, ...b.broken],
  brokenFiles: [...a.brokenFiles, ...b.brokenFiles],
  passedFiles: [...a.passedFiles, ...b.passedFiles],
  alone: [...a.alone, ...b.alone],
  slowest: [...a.slowest, ...b.slowest]
    .toSorted((x, y) => y.seconds - x.seconds)
    .slice(0, slowestMax),
})

/** Runs the steps of `check`, two at a time, each as one test; output only of those that fail. */
async function runChecks(node, limitMin) {
  const steps = checkSteps.filter((s) => s.folder === undefined || existsSync(join(root, s.folder)))
  const queue = [...steps]
  const broken = []
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const startMs = Date.now()
      const options = { cwd: root, timeoutMs: limitMin * minuteMs }
      const { code, output } = await collect(node, next.args, options)
      print(`${code === 0 ? ' ok     ' : ' FAILED '} ${next.name}: ${seconds(startMs)}`)
      if (code === 0) continue
      broken.push(next.name)
      print(output.trimEnd())
    }
  }
  await Promise.all([worker(), worker()])
  const passed = steps.length - broken.length
  return { ...none, passed, failed: broken.length, broken }
}

/** What one vitest run amounts to, from the file of its reporter and its exit code. */
export function countsOf(text, code) {
  if (text === null) {
    const broken = [`ended with code ${code} and reported nothing`]
    return { ...none, failed: 1, unlisted: [], broken }
  }
  const counts = { ...none, ...JSON.parse(text) }
  if (counts.failed > 0 || code === 0) return counts
  return { ...counts, failed: 1, broken: [`ended with code ${code}`] }
}

/** What `npm run test:full` asks of the heavy tests (design.md section 7), and no limit on their time. */
const fullScale = {
  env: {
    POWERCUT_STATES: '2000000',
    LEDGER_KILL_TRIALS: '100000',
    FUZZ_MUTATIONS: '200000000',
    FUZZ_FACTOR: '1000',
  },
  args: ['--testTimeout=864000000'],
  limitTimes: 500,
}

let countedSeconds = 0
/**
 * Processor time of the processes that we started and that have ended since this was asked last, with
 * theirs, in seconds: of one stage, where it is asked when a stage has ended. Null where nobody tells.
 */
function processorSeconds() {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(13, 15)
    const before = countedSeconds
    countedSeconds = (Number(user) + Number(system)) / 100
    return countedSeconds - before
  } catch {
    return null
  }
}

/** `out` is a file for what it prints, null for our own terminal; `files` are all of the stage when empty. */
async function runVitest(stage, { node, electron, program, scale }, folder, out, files = []) {
  const countsFile = join(folder, 'counts.json')
  const full = scale === 'full' ? fullScale : { env: {}, args: [], limitTimes: 1 }
  const projects = stage.projects.flatMap((name) => ['--project', name])
  const args = [vitest, 'run', ...projects, ...full.args, ...files]
  const env = {
    ETC_LANE_COUNTS: countsFile,
    ETC_LANE_SCALE: scale,
    ...(stage.window ? {} : { NODE_COMPILE_CACHE: compiled }),
    // What has been built for the windows is what the other stages start as well.
    ...(program === null ? {} : { ETC_LANE_PROGRAM: program }),
    ...full.env,
    ...(electron === null ? {} : electronEnv(electron)),
  }
  const hidden = stage.window && process.platform === 'linux'
  // Without -noreset the X server starts anew when its last client ends, and refuses who comes then.
  const screen = ['-a', '-s', '-screen 0 1280x800x24 -noreset', node]
  const command = hidden ? 'xvfb-run' : node
  const options = {
    cwd: root,
    env,
    timeoutMs: stage.limitMin * full.limitTimes * minuteMs,
    sweep: true,
    out,
  }
  const code = await inherit(command, hidden ? [...screen, ...args] : args, options)
  const text = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : null
  const counts = countsOf(text, code)
  const unlisted = counts.unlisted.map((name) => `skipped without a reason: ${name}`)
  return { ...counts, broken: [...counts.broken, ...unlisted] }
}

/** Runs a stage, what it prints in `out`; answers its counts and the line about it. */
async function runStage(stage, machine, folder, out, files = []) {
  const startMs = Date.now()
  const [checks, tests] = await Promise.all([
    stage.name === 'check' ? runChecks(machine.node, stage.limitMin) : none,
    runVitest(stage, machine, folder, out, files),
  ])
  const counts = sum(checks, tests)
  const processor = processorSeconds()
  const broken = counts.broken.map((what) => `${stage.name}: ${what}`)
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
  const times = [
    `${stage.name.padEnd(8)} ${seconds(startMs).padStart(8)} of ${stage.budgetMin} min`.padEnd(31),
    processor === null ? '' : `processor ${processor.toFixed(0)} s`.padEnd(18),
  ]
  const line = `${times.join('')}${counts.passed} passed, ${counts.failed} failed${skipped}`
  return { counts: { ...counts, broken }, line }
}

/** A stage alone prints on our terminal; what stages beside each other print comes when each has ended. */
async function runRound(columns, machine) {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-test-'))
  const isAlone = columns.flat().length === 1
  const runOne = async (stage) => {
    const own = mkdtempSync(join(folder, 'stage-'))
    if (isAlone) {
      print(`\n== ${stage.name}`)
      return runStage(stage, machine, own, null)
    }
    const log = join(folder, `output-${stage.name}`)
    const out = openSync(log, 'w')
    const done = await step(stage.name, () => runStage(stage, machine, own, out))
    closeSync(out)
    print(`\n== ${stage.name}\n${readFileSync(log, 'utf8').trimEnd()}`)
    return done
  }
  const tryAlone = async (stage, done) => {
    const files = stage.alone === true ? filesToRunAlone(done.counts) : []
    if (files.length === 0) return done
    print(`\n== ${stage.name}, alone: ${files.join(', ')}`)
    const own = mkdtempSync(join(folder, 'alone-'))
    const { counts, line } = await runStage(stage, machine, own, null, files)
    return { counts: withAlone(done.counts, counts), line: `${done.line}\n${line}, alone` }
  }
  const runColumn = async (stages) => {
    const ended = []
    for (const stage of stages) ended.push([stage, await runOne(stage)])
    return ended
  }
  try {
    const ended = (await Promise.all(columns.map(runColumn))).flat()
    const done = []
    for (const [stage, result] of ended) done.push(await tryAlone(stage, result))
    return done
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs the stages and prints what failed, then a line for each stage; answers the sum. After a `whole`
 * run the claims of docs/coverage.json are held against what passed.
 */
export async function runStages(stages, { whole, ...machine }) {
  const lines = []
  let total = none
  // What set-up and build took is no stage's.
  processorSeconds()
  for (const round of roundsOf(stages))
    for (const { counts, line } of await runRound(round, machine)) {
      total = sum(total, counts)
      lines.push(line)
    }
  if (whole) {
    const broken = unshown(coverageTables(), total.passedFiles)
    total = sum(total, { ...none, failed: broken.length, broken })
  }
  if (whole) {
    print('\nThe slowest tests')
    for (const { test, seconds } of total.slowest)
      print(`${seconds.toFixed(1).padStart(8)} s ${test}`)
  }
  if (total.broken.length > 0) print('')
  for (const what of total.broken) print(` FAILED  ${what}`)
  for (const what of total.alone) print(` ONLY ALONE  ${what}`)
  print(`\n${lines.join('\n')}`)
  return total
}
