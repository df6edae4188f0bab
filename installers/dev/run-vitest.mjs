// One vitest run of a stage, or of some of its files: starts it, ends it when it hangs, reads its reporter's counts.
// A run that crashes, hangs or reports nothing has failed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronEnv } from './electron.mjs'
import { root } from './node24.mjs'
import { inherit, silentCode } from './progress.mjs'
import { silentMinMax } from './stages.mjs'

const minuteMs = 60_000
/** Cache of compiled sources, shared by the hundreds of test processes. */
const compiled = join(root, 'node_modules', '.cache', 'compiled')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

export const none = {
  passed: 0,
  failed: 0,
  skipped: 0,
  broken: [],
  brokenFiles: [],
  passedFiles: [],
  missing: [],
  slowest: [],
  alone: [],
}
export const failedWith = (what) => ({ ...none, failed: 1, broken: [what] })

/**
 * The result of one vitest run, from its reporter's file, its exit code and the requested files. A file that
 * reported nothing is a failure; if a process of the run did not start in time it counts as late (`missing`).
 */
export function countsOf(text, code, asked) {
  if (text === null) return failedWith(`ended with code ${code} and reported nothing`)
  const { files, lateStarts, ...read } = JSON.parse(text)
  const counts = { ...none, ...read }
  const silent = asked.filter((file) => !files.includes(file))
  if (silent.length > 0)
    return {
      ...counts,
      failed: counts.failed + silent.length,
      broken: [...counts.broken, ...silent.map((file) => `${file}: reported nothing`)],
      missing: lateStarts.length > 0 ? silent : [],
    }
  if (counts.failed > 0 || code === 0 || lateStarts.length > 0) return counts
  return failedWith(`ended with code ${code}`)
}

/** Environment of `npm run test:full` for the heavy tests (design.md section 7), without a time limit. */
const fullEnv = {
  POWERCUT_STATES: '2000000',
  LEDGER_KILL_TRIALS: '100000',
  UPDATE_KILLS: '1000',
  FUZZ_MUTATIONS: '200000000',
  FUZZ_FACTOR: '1000',
}
const fullTimes = 500

const silence = (last) => `was ended: no test began or ended for too long, the last was ${last}`

/** `out`: open file for the output, null for our terminal; `isAlone`: one file at a time. */
export async function runVitest(stage, machine, { folder, out, files, isAlone = false }) {
  const { node, electron, program, scale, memory = {}, endsMs = Infinity } = machine
  const { silentMs = silentMinMax * minuteMs } = machine
  const countsFile = join(folder, 'counts.json')
  const beatFile = join(folder, 'beat')
  const full = scale === 'full'
  const projects = stage.projects.flatMap((name) => ['--project', name])
  // A complete stage needs no list of files, which could have a thousand names.
  const filters = stage.isWhole && files.length === stage.files.length ? [] : files
  const single = isAlone ? ['--maxWorkers=1', '--no-file-parallelism'] : []
  const args = [vitest, 'run', ...projects, ...single, ...filters]
  const env = {
    ETC_LANE_COUNTS: countsFile,
    ETC_LANE_BEAT: beatFile,
    ETC_LANE_SCALE: scale,
    ...memory,
    ...(stage.window ? {} : { NODE_COMPILE_CACHE: compiled }),
    // The other stages start the built program too, if it was built for the window tests.
    ...(program === null ? {} : { ETC_LANE_PROGRAM: program }),
    ...(full ? fullEnv : {}),
    ...(electron === null ? {} : electronEnv(electron)),
  }
  const hidden = stage.window && process.platform === 'linux'
  // Without -noreset the X server restarts after its last client ends, and refuses new clients meanwhile.
  const screen = ['-a', '-s', '-screen 0 1280x800x24 -noreset', node]
  const options = {
    cwd: root,
    env,
    timeoutMs: endsMs === Infinity ? 0 : Math.max(1, endsMs - Date.now()),
    beat: { file: beatFile, silentMs: silentMs * (full ? fullTimes : 1) },
    sweep: true,
    out,
  }
  const code = await inherit(
    hidden ? 'xvfb-run' : node,
    hidden ? [...screen, ...args] : args,
    options,
  )
  const text = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : null
  if (code === silentCode) return failedWith(silence(readFileSync(beatFile, 'utf8')))
  return countsOf(text, code, files)
}
