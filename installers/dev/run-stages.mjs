// Runs test stages one after another and adds up what they report.
// A stage that crashes, hangs or reports nothing has failed: silence is never a pass.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coverageTables, unshown } from './coverage.mjs'
import { electronEnv } from './electron.mjs'
import { root } from './node24.mjs'
import { collect, inherit } from './progress.mjs'
import { checkSteps } from './stages.mjs'

const minuteMs = 60_000
/** Test processes start by the hundred: what the engine made of a source file once serves them all. */
const compiled = join(root, 'node_modules', '.cache', 'compiled')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const print = (text) => void process.stdout.write(`${text}\n`)
const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`

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
  return { passed, failed: broken.length, skipped: 0, broken, passedFiles: [] }
}

/** What one vitest run amounts to, from the file of its reporter and its exit code. */
export function countsOf(text, code) {
  if (text === null) {
    const broken = [`ended with code ${code} and reported nothing`]
    return { passed: 0, failed: 1, skipped: 0, unlisted: [], broken, passedFiles: [] }
  }
  const counts = JSON.parse(text)
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

async function runVitest(stage, node, electron, scale) {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-test-'))
  const countsFile = join(folder, 'counts.json')
  const full = scale === 'full' ? fullScale : { env: {}, args: [], limitTimes: 1 }
  const projects = stage.projects.flatMap((name) => ['--project', name])
  const args = [vitest, 'run', ...projects, ...full.args]
  const env = {
    ETC_LANE_COUNTS: countsFile,
    ETC_LANE_SCALE: scale,
    ...(stage.window ? {} : { NODE_COMPILE_CACHE: compiled }),
    ...full.env,
    ...(electron === null ? {} : electronEnv(electron)),
  }
  const hidden = stage.window && process.platform === 'linux'
  const screen = ['-a', '-s', '-screen 0 1280x800x24', node]
  const command = hidden ? 'xvfb-run' : node
  const options = {
    cwd: root,
    env,
    timeoutMs: stage.limitMin * full.limitTimes * minuteMs,
    sweep: true,
  }
  const code = await inherit(command, hidden ? [...screen, ...args] : args, options)
  const text = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : null
  rmSync(folder, { recursive: true, force: true })
  const counts = countsOf(text, code)
  const unlisted = counts.unlisted.map((name) => `skipped without a reason: ${name}`)
  return { ...counts, broken: [...counts.broken, ...unlisted] }
}

const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  broken: [...a.broken, ...b.broken],
  passedFiles: [...a.passedFiles, ...b.passedFiles],
})
const none = { passed: 0, failed: 0, skipped: 0, broken: [], passedFiles: [] }

/**
 * Runs the stages and prints what failed, then a line for each stage; answers the sum. After a `whole`
 * run the claims of docs/coverage.json are held against what passed.
 */
export async function runStages(stages, { node, electron, scale, whole }) {
  const lines = []
  let total = none
  for (const stage of stages) {
    const startMs = Date.now()
    print(`\n== ${stage.name}`)
    const checks = stage.name === 'check' ? await runChecks(node, stage.limitMin) : none
    const counts = sum(checks, await runVitest(stage, node, electron, scale))
    const named = { ...counts, broken: counts.broken.map((what) => `${stage.name}: ${what}`) }
    total = sum(total, named)
    const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
    lines.push(
      `${stage.name.padEnd(8)} ${seconds(startMs).padStart(8)}   ` +
        `${counts.passed} passed, ${counts.failed} failed${skipped}`,
    )
  }
  if (whole) {
    const broken = unshown(coverageTables(), total.passedFiles)
    total = sum(total, { ...none, failed: broken.length, broken })
  }
  if (total.broken.length > 0) print('')
  for (const what of total.broken) print(` FAILED  ${what}`)
  print(`\n${lines.join('\n')}`)
  return total
}
