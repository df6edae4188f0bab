// Counts a vitest run for `npm test`: passed, failed, and skipped against test/skips.json.
// Writes them to the file named by ETC_LANE_COUNTS; a run that dies writes none and has failed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

export interface Skip {
  /** Path of the test file, from the root of the repository. */
  readonly file: string
  /** Full name of the test, groups joined by ` > `. */
  readonly test: string
  readonly reason: string
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Skipped and listed, or skipped on a machine where that is allowed. */
  readonly skipped: number
  /** Skipped without being listed, where that fails. */
  readonly unlisted: readonly string[]
  /** What failed, one line each: file, test, first lines of its errors. */
  readonly broken: readonly string[]
  /** Files in which something failed, with how many tests of each passed and failed. */
  readonly brokenFiles: readonly BrokenFile[]
  /** Files in which a test passed: what shows the claims of docs/coverage.json. */
  readonly passedFiles: readonly string[]
  /** The tests that took longest, longest first: whoever makes `npm test` quicker begins there. */
  readonly slowest: readonly Slow[]
}

export interface BrokenFile {
  readonly file: string
  readonly passed: number
  readonly failed: number
}

export interface Slow {
  /** File and name. */
  readonly test: string
  readonly seconds: number
}

const slowestMax = 20

export interface Outcome {
  readonly file: string
  readonly test: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  readonly why?: string
  readonly durationMs?: number
}

/** An error outside tests: a file that does not load, a group whose hook throws; without a file, of the run. */
export interface OutsideError {
  readonly file?: string
  readonly why: string
}

function brokenFilesOf(
  failed: readonly Outcome[],
  errors: readonly OutsideError[],
  passed: readonly Outcome[],
): BrokenFile[] {
  const places = [...failed, ...errors].flatMap(({ file }) => file ?? [])
  return [...new Set(places)].map((file) => ({
    file,
    passed: passed.filter((o) => o.file === file).length,
    failed: places.filter((place) => place === file).length,
  }))
}

/**
 * What a run amounts to. `strict` (CI) turns each skipped test without a listed reason into a
 * failure; a test that never finished is a failure everywhere.
 */
export function countRun(
  outcomes: readonly Outcome[],
  errors: readonly OutsideError[],
  skips: readonly Skip[],
  strict: boolean,
): Counts {
  const listed = (o: Outcome): boolean =>
    skips.some((s) => s.file === o.file && s.test === o.test && s.reason.trim() !== '')
  const skipped = outcomes.filter((o) => o.state === 'skipped')
  const unlisted = strict ? skipped.filter((o) => !listed(o)) : []
  const broken = outcomes.filter((o) => o.state === 'failed' || o.state === 'pending')
  const passed = outcomes.filter((o) => o.state === 'passed')
  return {
    passed: passed.length,
    failed: broken.length + errors.length + unlisted.length,
    skipped: skipped.length - unlisted.length,
    unlisted: unlisted.map((o) => `${o.file}: ${o.test}`),
    broken: [
      ...broken.map((o) => `${o.file}: ${o.test}: ${o.why ?? o.state}`),
      ...errors.map(({ file, why }) => (file === undefined ? why : `${file}: ${why}`)),
    ],
    brokenFiles: brokenFilesOf([...broken, ...unlisted], errors, passed),
    passedFiles: [...new Set(passed.map((o) => o.file))],
    slowest: outcomes
      .toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))
      .slice(0, slowestMax)
      .map((o) => ({ test: `${o.file}: ${o.test}`, seconds: (o.durationMs ?? 0) / 1000 })),
  }
}

const whyMax = 500
/** Colours of a terminal, which messages of the window's driver carry. */
const colours = /\u001b\[\d+m/g

/** The first lines of an error: of a time-out, what it waited for is in the third. */
const firstLines = (error: unknown): string => {
  const text = error instanceof Object && 'message' in error ? error.message : error
  const lines = String(text).replaceAll(colours, '').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 4)
    .join(' | ')
    .slice(0, whyMax)
}

const errorsIn = (module: TestModule): OutsideError[] =>
  [module, ...module.children.allSuites()].flatMap((part) => {
    const [first] = part.errors()
    return first === undefined ? [] : [{ file: module.relativeModuleId, why: firstLines(first) }]
  })

export default class CiReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env['ETC_LANE_COUNTS']
    if (file === undefined) return
    const outcomes = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        file: module.relativeModuleId,
        test: test.fullName,
        state: test.result().state,
        durationMs: test.diagnostic()?.duration ?? 0,
        why: (test.result().errors ?? []).map(firstLines).join(' || ') || test.result().state,
      })),
    )
    const ofTheRun = unhandled.map((error) => ({ why: firstLines(error) }))
    const errors = [...modules.flatMap(errorsIn), ...ofTheRun]
    const text = readFileSync(join(import.meta.dirname, 'skips.json'), 'utf8')
    const skips = JSON.parse(text) as Skip[]
    const strict = (process.env['CI'] ?? '') !== ''
    writeFileSync(file, JSON.stringify(countRun(outcomes, errors, skips, strict)))
  }
}
