// A process of a mutation run: loads the folder's tests over instrumented sources, in memory only, and
// runs them for one mutant after another on request. Argument: the file of the plan.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import type { KeptTest } from './suite.ts'

export interface Plan {
  /** By the URL of a source file its text with every mutant behind a switch. */
  readonly sources: Readonly<Record<string, string>>
  readonly tests: readonly string[]
}

export type Ask =
  | { readonly do: 'cover'; readonly order: 'asWritten' | 'reversed' }
  | { readonly do: 'try'; readonly mutant: string; readonly tests: readonly Chosen[] }

export interface Chosen {
  readonly id: string
  /** Number of passes of the mutant's place from which it counts as endless. */
  readonly hitLimit: number
}

export interface Covered {
  readonly tests: readonly {
    readonly id: string
    /** Processor time, which does not depend on other load. */
    readonly ms: number
    readonly wallMs: number
    readonly fault: string
  }[]
  readonly static: Readonly<Record<string, number>>
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export type Told =
  | { readonly told: 'loaded' }
  /** The next test of a mutant. */
  | { readonly told: 'begun' }
  | { readonly told: 'loadFailed'; readonly why: string }
  | { readonly told: 'covered'; readonly covered: Covered }
  /** `isDirty`: the test now fails without the mutant too, so this process is no longer usable. */
  | {
      readonly told: 'killed'
      readonly by: string
      readonly why: string
      readonly isDirty: boolean
    }
  | { readonly told: 'survived' }

/** The variables that the instrumented text reads and writes. */
interface Switchboard {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: Pick<Covered, 'static' | 'perTest'>
}
const board: Switchboard = {}
Object.assign(globalThis, { __stryker__: board })

const shim = new URL('./suite.ts', import.meta.url).href
const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan
/** Id of a mutant that acts while a module loads, and is active from the start. */
const fromStart = process.argv[3]
if (fromStart !== undefined) board.activeMutant = fromStart

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' && context.parentURL !== shim
      ? { url: shim, shortCircuit: true }
      : next(specifier, context),
  load(url, context, next) {
    const source = plan.sources[url]
    const loaded = next(url, context)
    return source === undefined ? loaded : { ...loaded, source }
  },
})
// Any counterexample is enough; shrinking it would only take time.
fc.configureGlobal({ endOnFailure: true })

const tell = (workerMessage: Told): void => void process.send?.(workerMessage)
const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 200)

const { beginFile, keptTests, runTest } = await import('./suite.ts')

/** An error outside of any test, such as in a timer's callback. */
let stray: string | null = null
process.on('uncaughtException', (error) => (stray ??= textOf(error)))
process.on('unhandledRejection', (error) => (stray ??= textOf(error)))

async function faultOf(one: KeptTest): Promise<string | null> {
  stray = null
  try {
    await runTest(one)
    return stray
  } catch (error) {
    return textOf(error)
  }
}

async function cover(inOrder: readonly KeptTest[]): Promise<Covered> {
  const tests: Covered['tests'][number][] = []
  for (const one of inOrder) {
    board.currentTestId = one.id
    const startMs = performance.now()
    const before = process.cpuUsage()
    const fault = (await faultOf(one)) ?? ''
    const { user, system } = process.cpuUsage(before)
    const wallMs = performance.now() - startMs
    tests.push({ id: one.id, ms: (user + system) / 1000, wallMs, fault })
  }
  board.currentTestId = undefined
  const { static: atLoad = {}, perTest = {} } = board.mutantCoverage ?? {}
  return { tests, static: atLoad, perTest }
}

async function tryMutant(mutant: string, chosen: readonly Chosen[]): Promise<Told> {
  const byId = new Map(keptTests.map((one) => [one.id, one]))
  // Coverage is counted only once.
  board.currentTestId = 'mutant'
  for (const { id, hitLimit } of chosen) {
    const one = byId.get(id)
    if (one === undefined) continue
    tell({ told: 'begun' })
    Object.assign(board, { activeMutant: mutant, hitCount: 0, hitLimit })
    const why = await faultOf(one)
    if (why === null) continue
    Object.assign(board, { activeMutant: fromStart, hitCount: undefined, hitLimit: undefined })
    const isDirty = fromStart === undefined && (await faultOf(one)) !== null
    return { told: 'killed', by: id, why, isDirty }
  }
  return { told: 'survived' }
}

process.on('message', (ask: Ask) => {
  if (ask.do === 'cover')
    void cover(ask.order === 'reversed' ? keptTests.toReversed() : keptTests).then((covered) =>
      tell({ told: 'covered', covered }),
    )
  else void tryMutant(ask.mutant, ask.tests).then(tell)
})

try {
  for (const path of plan.tests) {
    beginFile()
    await import(pathToFileURL(path).href)
  }
  tell({ told: 'loaded' })
} catch (error) {
  tell({ told: 'loadFailed', why: textOf(error) })
}
