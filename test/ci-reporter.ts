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
}

export interface Outcome {
  readonly file: string
  readonly test: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
}

/**
 * What a run amounts to. `strict` (CI) turns each skipped test without a listed reason into a
 * failure; a test that never finished is a failure everywhere.
 */
export function countRun(
  outcomes: readonly Outcome[],
  errors: number,
  skips: readonly Skip[],
  strict: boolean,
): Counts {
  const listed = (o: Outcome): boolean =>
    skips.some((s) => s.file === o.file && s.test === o.test && s.reason.trim() !== '')
  const skipped = outcomes.filter((o) => o.state === 'skipped')
  const unlisted = strict ? skipped.filter((o) => !listed(o)) : []
  const broken = outcomes.filter((o) => o.state === 'failed' || o.state === 'pending').length
  return {
    passed: outcomes.filter((o) => o.state === 'passed').length,
    failed: broken + errors + unlisted.length,
    skipped: skipped.length - unlisted.length,
    unlisted: unlisted.map((o) => `${o.file}: ${o.test}`),
  }
}

/** Errors outside tests: a file that does not load, a group whose hook throws. */
const errorsIn = (module: TestModule): number =>
  (module.errors().length > 0 ? 1 : 0) +
  [...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length

export default class CiReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env['ETC_LANE_COUNTS']
    if (file === undefined) return
    const outcomes = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        file: module.relativeModuleId,
        test: test.fullName,
        state: test.result().state,
      })),
    )
    const errors = modules.reduce((sum, module) => sum + errorsIn(module), unhandled.length)
    const text = readFileSync(join(import.meta.dirname, 'skips.json'), 'utf8')
    const skips = JSON.parse(text) as Skip[]
    const strict = (process.env['CI'] ?? '') !== ''
    writeFileSync(file, JSON.stringify(countRun(outcomes, errors, skips, strict)))
  }
}
