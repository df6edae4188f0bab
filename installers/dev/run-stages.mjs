// Runs test stages, round after round, and adds up their results.
// Only wrong results fail: late files run again alone, and durations are printed without effect.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesToRunAlone, pressureSince, triesMax, waitedMs, withAlone } from './alone.mjs'
import { root } from './node24.mjs'
import { collect, step } from './progress.mjs'
import { failedWith, none, runVitest } from './run-vitest.mjs'
import { checkSteps, roundsOf, silentMinMax } from './stages.mjs'

const minuteMs = 60_000
const slowestMax = 20
const print = (text) => void process.stdout.write(`${text}\n`)
const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  broken: [...a.broken, ...b.broken],
  brokenFiles: [...a.brokenFiles, ...b.brokenFiles],
  passedFiles: [...a.passedFiles, ...b.passedFiles],
  missing: [...a.missing, ...b.missing],
  alone: [...a.alone, ...b.alone],
  slowest: [...a.slowest, ...b.slowest]
    .toSorted((x, y) => y.seconds - x.seconds)
    .slice(0, slowestMax),
})

/** Runs the steps of `check`, two at a time, each as one test; prints the output of failed ones, and of those that say so. */
async function runChecks(steps, { node, passed: keep }) {
  const queue = [...steps]
  const broken = []
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const startMs = Date.now()
      const options = { cwd: root, timeoutMs: silentMinMax * minuteMs }
      const { code, output } = await collect(node, next.args, options)
      print(`${code === 0 ? ' ok     ' : ' FAILED '} ${next.name}: ${seconds(startMs)}`)
      if (code === 0) keep(`check: ${next.name}`)
      else broken.push(next.name)
      if (code !== 0 || next.prints === true) print(output.trimEnd())
    }
  }
  await Promise.all([worker(), worker()])
  return { ...none, passed: steps.length - broken.length, failed: broken.length, broken }
}

let countedSeconds = 0
/**
 * Processor time in seconds of the child processes that have ended since the last call, with their children. Called at
 * the end of a stage it gives that stage's time. Null where the system does not report it.
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

/** Runs a stage with its output in `out`; returns its counts, its summary line, and the CPU pressure while it ran. */
async function runStage(stage, machine, run) {
  const [startMs, startWaitedMs] = [Date.now(), waitedMs()]
  const steps = stage.name === 'check' && !run.isAlone ? machine.steps : []
  const [checks, tests] = await Promise.all([
    runChecks(steps, machine),
    run.files.length === 0 ? none : runVitest(stage, machine, run),
  ])
  const isOver = Date.now() >= machine.endsMs
  const counts = sum(sum(checks, tests), isOver ? failedWith(timeOver) : none)
  const processor = processorSeconds()
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
  const times = [
    `${stage.name.padEnd(8)} ${seconds(startMs).padStart(8)}, quiet ${stage.quietMin} min`.padEnd(
      34,
    ),
    processor === null ? '' : `processor ${processor.toFixed(0)} s`.padEnd(18),
  ]
  const line = `${times.join('')}${counts.passed} passed, ${counts.failed} failed${skipped}`
  const pressure = pressureSince(startMs, startWaitedMs)
  return { counts, line, pressure, processor: processor ?? 0 }
}

/** Late files by themselves, twice at most, and what died once; each try has the machine for itself. */
async function tryAlone(stage, machine, folder, first) {
  let done = first
  for (let tried = 0; stage.alone === true && tried < triesMax; tried++) {
    const files = filesToRunAlone(done.counts, tried)
    if (files.length === 0) break
    print(`\n== ${stage.name}, late or died, by themselves: ${files.join(', ')}`)
    const own = mkdtempSync(join(folder, 'alone-'))
    const again = await runStage(stage, machine, { folder: own, out: null, files, isAlone: true })
    const counts = withAlone(done.counts, again.counts)
    const processor = done.processor + again.processor
    done = { ...done, counts, processor, line: `${done.line}\n${again.line}, by themselves` }
  }
  const { counts, line, pressure, processor } = done
  return {
    name: stage.name,
    line,
    processor,
    counts: {
      ...counts,
      broken: counts.broken.map((what) => `${stage.name}: ${what}`),
      alone: counts.alone.map((what) => `${stage.name} (${pressure}): ${what}`),
    },
  }
}

/** A single stage prints on our terminal; the output of parallel stages is printed when each has ended. */
async function runRound(columns, machine) {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-test-'))
  const isSingle = columns.flat().length === 1
  const runOne = async (stage) => {
    const own = mkdtempSync(join(folder, 'stage-'))
    const { files } = stage
    if (isSingle) {
      print(`\n== ${stage.name}`)
      return runStage(stage, machine, { folder: own, out: null, files })
    }
    const log = join(folder, `output-${stage.name}`)
    const out = openSync(log, 'w')
    const done = await step(stage.name, () => runStage(stage, machine, { folder: own, out, files }))
    closeSync(out)
    print(`\n== ${stage.name}\n${readFileSync(log, 'utf8').trimEnd()}`)
    return done
  }
  const runColumn = async (stages) => {
    const ended = []
    for (const stage of stages) {
      if (Date.now() >= machine.endsMs) {
        ended.push([stage, overdue(stage)])
        continue
      }
      ended.push([stage, await runOne(stage)])
    }
    return ended
  }
  try {
    const ended = (await Promise.all(columns.map(runColumn))).flat()
    const done = []
    for (const [stage, result] of ended) done.push(await tryAlone(stage, machine, folder, result))
    return done
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const timeOver = 'ran when the time of the whole run was over'
/** The result of a stage that was not run because the time of the whole run was over. */
const overdue = ({ name }) => ({
  counts: failedWith('was not run: the time of the whole run was over'),
  line: `${name.padEnd(8)} not run`,
  pressure: '',
  processor: 0,
})

/**
 * Runs the stages, prints what failed and a line for each stage, and returns the sum. `machine.memory`: environment for
 * the reporter to remember passed files; `machine.passed` remembers a step of `check`; `machine.endsMs`: end of the
 * run. Writes the processor seconds of each stage to the file named by ETC_LANE_FIGURES.
 */
export async function runStages(stages, machine) {
  const lines = []
  const processorSecondsOf = {}
  let total = none
  // Resets the counter, so that set-up and build do not count for the first stage.
  processorSeconds()
  for (const round of roundsOf(stages))
    for (const { name, counts, line, processor } of await runRound(round, machine)) {
      total = sum(total, counts)
      lines.push(line)
      processorSecondsOf[name] = processor
    }
  print('\nThe slowest tests')
  for (const { test, seconds: took } of total.slowest)
    print(`${took.toFixed(1).padStart(8)} s ${test}`)
  if (total.broken.length > 0) print('')
  for (const what of total.broken) print(` FAILED  ${what}`)
  for (const what of total.alone) print(` ONLY ALONE  ${what}`)
  print(`\n${lines.join('\n')}`)
  const figures = process.env.ETC_LANE_FIGURES
  if (figures !== undefined) writeFileSync(figures, JSON.stringify({ processorSecondsOf }))
  return total
}
