// Late is not wrong: a file whose failures are all waits that gave up runs again by itself, twice at most.
// So does, once, a file whose process the engine itself ended. What passes then counts as passed and is named.
// A wrong value is a failure at once.
import { readFileSync } from 'node:fs'

/** With more late files than this the load cannot be the cause. */
const filesMax = 10
export const triesMax = 2

/**
 * The files to run again by themselves, behind `tried` tries; none where a value was wrong, a run crashed, a process died
 * a second time, or too many files were late.
 */
export function filesToRunAlone({ failed, brokenFiles, missing }, tried) {
  const again = (file) => file.late + (tried === 0 ? file.died : 0)
  const late = brokenFiles.reduce((sum, file) => sum + again(file), 0) + missing.length
  const files = [...brokenFiles.map(({ file }) => file), ...missing]
  return late !== failed || files.length > filesMax ? [] : files
}

/**
 * The counts of a stage after its late files ran alone: the new counts replace the earlier ones. `alone` names each
 * late test whose file then passed. A rerun with fewer tests than before counts as a failure.
 */
export function withAlone(before, alone) {
  const passedBefore = before.brokenFiles.reduce((sum, file) => sum + file.passed, 0)
  if (alone.passed + alone.failed < passedBefore) return before
  const isBroken = ({ file }) => alone.brokenFiles.some((one) => one.file === file)
  const mended = before.brokenFiles.filter((file) => !isBroken(file))
  return {
    ...before,
    passed: before.passed - passedBefore + alone.passed,
    failed: alone.failed,
    broken: alone.broken,
    brokenFiles: alone.brokenFiles,
    missing: alone.missing,
    passedFiles: [...before.passedFiles, ...alone.passedFiles],
    alone: [...before.alone, ...mended.flatMap(({ broken }) => broken)],
  }
}

/** Total time in which a process waited for a processor, in ms since boot; null where the system does not report it. */
export function waitedMs() {
  try {
    const [, us] = /some .*total=(\d+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8')) ?? []
    return us === undefined ? null : Number(us) / 1000
  } catch {
    return null
  }
}

/** The processor pressure between two readings as text, for example `CPU pressure 63 %`. */
export function pressureSince(fromMs, fromWaitedMs, nowMs = Date.now(), nowWaitedMs = waitedMs()) {
  if (fromWaitedMs === null || nowWaitedMs === null) return 'CPU pressure unknown'
  const share = (nowWaitedMs - fromWaitedMs) / Math.max(1, nowMs - fromMs)
  return `CPU pressure ${Math.round(100 * share)} %`
}
