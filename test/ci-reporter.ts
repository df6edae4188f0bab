// Counts a vitest run for the stages: passed, failed (late or wrong), and skipped against test/skips.json.
// Writes them to the file named by ETC_LANE_COUNTS; a run that dies writes none and has failed.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export interface Skip {
  /** Path of the test file, relative to the repository. */
  readonly file: string
  /** Full name of the test, groups joined by ` > `. */
  readonly test: string
  readonly reason: string
}

export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Skipped tests that are listed, or that this machine may skip. */
  readonly skipped: number
  /** What failed, one line each: file, test, first lines of the errors. */
  readonly broken: readonly string[]
  /** Files in which something failed. */
  readonly brokenFiles: readonly BrokenFile[]
  /** Files with a passed test and without an unlisted skipped one; they show the claims of docs/coverage.json. */
  readonly passedFiles: readonly string[]
  /** Files that the run started or finished; a requested file that is missing here reported nothing. */
  readonly files: readonly string[]
  /** Test processes that did not start in time: their files report nothing, and count as late. */
  readonly lateStarts: readonly string[]
  /** The slowest tests, slowest first: the place to start when making the gate faster. */
  readonly slowest: readonly Slow[]
}

export interface BrokenFile {
  readonly file: string
  readonly passed: number
  readonly failed: number
  /** How many of `failed` are waits that timed out; the others are wrong values. */
  readonly late: number
  /** 1 where its process was ended by the engine itself and no test of it had failed. */
  readonly died: number
  readonly broken: readonly string[]
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
  readonly isLate?: boolean
  readonly durationMs?: number
}

/** An error outside tests: a file that does not load or a failing hook; without a file, an error of the run. */
export interface OutsideError {
  readonly file?: string
  readonly why: string
  readonly isLate?: boolean
  /** The engine ended the process of this file. */
  readonly isDeath?: boolean
}

interface Failure {
  readonly file?: string
  readonly line: string
  readonly isLate: boolean
  readonly isDeath?: boolean
}

/** vitest's message for a test process that did not start in time. */
const lateStart = /^\[vitest-pool[^\]]*\]: Timeout/

/**
 * Counts a run. `strict` (CI) turns each skipped test without a listed reason into a failure; a test that
 * never finished is always a failure.
 */
export function countRun(
  outcomes: readonly Outcome[],
  errors: readonly OutsideError[],
  skips: readonly Skip[],
  strict: boolean,
): Counts {
  const listed = (o: Outcome): boolean =>
    skips.some((s) => s.file === o.file && s.test === o.test && s.reason.trim() !== '')
  // A group whose hook failed skips its tests, so the hook is counted as the failure.
  const hooked = new Set(errors.map(({ file }) => file))
  const skipped = outcomes.filter((o) => o.state === 'skipped')
  const unproven = skipped.filter((o) => !listed(o) && !hooked.has(o.file))
  const unlisted = strict ? unproven : []
  // Of tests that did not end, the death of their process is the failure.
  const dead = new Set(errors.filter(({ isDeath }) => isDeath === true).map(({ file }) => file))
  const lateStarts = errors.filter((e) => e.file === undefined && lateStart.test(e.why))
  const failures: readonly Failure[] = [
    ...outcomes
      .filter(({ file, state }) => state === 'failed' || (state === 'pending' && !dead.has(file)))
      .map(({ file, test, why, state, isLate = false }) => ({
        file,
        line: `${file}: ${test}: ${why ?? state}`,
        isLate,
      })),
    ...errors
      .filter((e) => !lateStarts.includes(e))
      .map(({ file, why, isLate = false, isDeath = false }) =>
        file === undefined
          ? { line: why, isLate }
          : { file, line: `${file}: ${why}`, isLate, isDeath },
      ),
    ...unlisted.map(({ file, test }) => ({
      file,
      line: `skipped without a reason: ${file}: ${test}`,
      isLate: false,
    })),
  ]
  const passed = outcomes.filter((o) => o.state === 'passed')
  return {
    passed: passed.length,
    failed: failures.length,
    skipped: skipped.length - unlisted.length,
    broken: failures.map(({ line }) => line),
    brokenFiles: [...new Set(failures.flatMap(({ file }) => file ?? []))].map((file) => {
      const own = failures.filter((one) => one.file === file)
      return {
        file,
        passed: passed.filter((o) => o.file === file).length,
        failed: own.length,
        late: own.filter(({ isLate }) => isLate).length,
        died: own.length === 1 && own[0]?.isDeath === true ? 1 : 0,
        broken: own.map(({ line }) => line),
      }
    }),
    passedFiles: [...new Set(passed.map((o) => o.file))].filter((file) =>
      unproven.every((o) => o.file !== file),
    ),
    files: [...new Set([...outcomes, ...errors].flatMap(({ file }) => file ?? []))],
    lateStarts: lateStarts.map(({ why }) => why),
    slowest: outcomes
      .toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0))
      .slice(0, slowestMax)
      .map((o) => ({ test: `${o.file}: ${o.test}`, seconds: (o.durationMs ?? 0) / 1000 })),
  }
}

const whyMax = 1000
/** Terminal colours, which Playwright's messages contain. */
const colours = /\u001b\[\d+m/g

const partOf = (error: unknown, name: 'name' | 'message'): string =>
  error instanceof Object && name in error ? String(Reflect.get(error, name)) : String(error)

/** The first lines of an error; for a time-out, its third line says what it waited for. */
const firstLines = (error: unknown): string => {
  const lines = partOf(error, 'message').replaceAll(colours, '').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 4)
    .join(' | ')
    .slice(0, whyMax)
}

const timeOut = /^(?:Test|Hook) timed out in \d+ms|Timeout \d+ms exceeded/
/**
 * The error that shows the window's content after a failed test; it is not a failure of its own (test/e2e/shown.ts).
 */
const besideFailure = 'WindowShown'

/**
 * Whether a failure is late: a wait of test/kit/eventually.ts, a test, a hook or a locator that ran out of time.
 * Everything else is wrong.
 */
export function isLate(errors: readonly unknown[]): boolean {
  const own = errors.filter((error) => partOf(error, 'name') !== besideFailure)
  return (
    own.length > 0 &&
    own.every(
      (error) => partOf(error, 'name') === 'LateError' || timeOut.test(partOf(error, 'message')),
    )
  )
}

/** What Node and V8 end their own process with; nothing of ours sends one of them. As vitest words it. */
const workerDeath = /^Worker exited unexpectedly with signal (SIG(?:TRAP|SEGV|ILL)) during /
const workerFiles = /(?:while running test files?|for test files) (.+?)\.?$/

/**
 * An error of the run. The death of a process of tests is of each of its files that had not ended (`open`), of all where
 * none is; any other is of no file.
 */
export function ofTheRun(
  error: unknown,
  nameOf: (path: string) => string,
  isOpen: (path: string) => boolean,
): OutsideError[] {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const [, signal] = workerDeath.exec(partOf(cause, 'message')) ?? []
  const [, paths] =
    workerFiles.exec(partOf(cause, 'message')) ?? workerFiles.exec(partOf(error, 'message')) ?? []
  if (signal === undefined || paths === undefined) return [{ why: firstLines(error) }]
  const why = `its process was ended by ${signal}`
  const all = paths.split(', ')
  const open = all.filter(isOpen)
  return (open.length > 0 ? open : all).map((path) => ({ file: nameOf(path), why, isDeath: true }))
}

const errorsIn = (module: TestModule): OutsideError[] =>
  [module, ...module.children.allSuites()].flatMap((part) => {
    const errors = part.errors()
    const file = module.relativeModuleId
    return errors.length === 0 ? [] : [{ file, why: firstLines(errors[0]), isLate: isLate(errors) }]
  })

const outcomesIn = (module: TestModule): Outcome[] =>
  [...module.children.allTests()].map((test) => {
    const { state, errors = [] } = test.result()
    return {
      file: module.relativeModuleId,
      test: test.fullName,
      state,
      isLate: isLate(errors),
      durationMs: test.diagnostic()?.duration ?? 0,
      why: errors.map(firstLines).join(' || ') || state,
    }
  })

const isStrict = (): boolean => (process.env['CI'] ?? '') !== ''
function readSkips(): Skip[] {
  const text = readFileSync(join(import.meta.dirname, 'skips.json'), 'utf8')
  return JSON.parse(text) as Skip[]
}

/** From installers/dev/memory.mjs: for each file a hash of everything that its result depends on. */
function contentsOf(): { readonly file: string; readonly contents: Record<string, string> } | null {
  const [file, contents] = [process.env['ETC_LANE_MEMORY'], process.env['ETC_LANE_CONTENTS']]
  if (file === undefined || contents === undefined) return null
  return { file, contents: JSON.parse(readFileSync(contents, 'utf8')) as Record<string, string> }
}

export default class CiReporter implements Reporter {
  readonly #memory = contentsOf()
  readonly #skips = readSkips()

  readonly #beat = process.env['ETC_LANE_BEAT']

  /** Records the last activity; a stage without any for too long is ended (installers/dev/run-vitest.mjs). */
  #beats(what: string): void {
    if (this.#beat !== undefined) writeFileSync(this.#beat, what)
  }

  onTestModuleStart(module: TestModule): void {
    this.#beats(module.relativeModuleId)
  }

  onTestCaseReady(test: TestCase): void {
    this.#beats(`${test.module.relativeModuleId}: ${test.fullName}`)
  }

  onTestCaseResult(test: TestCase): void {
    this.#beats(`${test.module.relativeModuleId}: ${test.fullName}, which ended`)
  }

  /** A file that proves its claims is remembered at once, so that a run that is killed later does not repeat it. */
  onTestModuleEnd(module: TestModule): void {
    const content = this.#memory?.contents[module.relativeModuleId]
    if (this.#memory === null || content === undefined) return
    const counts = countRun(outcomesIn(module), errorsIn(module), this.#skips, isStrict())
    const { failed, passed, skipped, passedFiles } = counts
    if (failed > 0 || !passedFiles.includes(module.relativeModuleId)) return
    const row = { file: module.relativeModuleId, content, passed, skipped }
    appendFileSync(this.#memory.file, `${JSON.stringify(row)}\n`)
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env['ETC_LANE_COUNTS']
    if (file === undefined) return
    const moduleAt = (path: string) => modules.find(({ moduleId }) => moduleId === path)
    const nameOf = (path: string): string =>
      moduleAt(path)?.relativeModuleId ?? relative(process.cwd(), path).split(sep).join('/')
    const isOpen = (path: string): boolean =>
      ['queued', 'pending'].includes(moduleAt(path)?.state() ?? 'queued')
    const outside = unhandled.flatMap((error) => ofTheRun(error, nameOf, isOpen))
    const errors = [...modules.flatMap(errorsIn), ...outside]
    const counts = countRun(modules.flatMap(outcomesIn), errors, this.#skips, isStrict())
    writeFileSync(file, JSON.stringify(counts))
  }
}
