// Runs every mutant of a folder against the tests that reach it, quickest first, until one fails.
// A worker that does not answer in time is ended; a mutant that makes the program endless counts as killed.
import { fork, type ChildProcess } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutant, Mutated } from './mutants.ts'
import type { Ask, Chosen, Covered, Plan, Told } from './worker.ts'

export type Fate = 'killed' | 'endless' | 'survived' | 'notReached' | 'notTried'

export interface Tried {
  readonly mutant: Mutant
  readonly fate: Fate
  /** The test that failed and how; empty if none. */
  readonly by: string
}

const script = fileURLToPath(new URL('./worker.ts', import.meta.url))
const loadsWithinMs = 180_000
const coversWithinMs = 600_000
const slowestMs = 1_000
/** Total time of the quickest tests that are run for a mutant. */
const reachMsMax = 2_000

class Worker {
  private readonly child: ChildProcess
  private heard: ((workerMessage: Told | null) => void) | null = null
  private readonly early: Told[] = []

  constructor(planFile: string, fromStart?: string) {
    const args = fromStart === undefined ? [planFile] : [planFile, fromStart]
    this.child = fork(script, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.child.on('message', (workerMessage: Told) => {
      if (this.heard === null) this.early.push(workerMessage)
      else this.heard(workerMessage)
    })
    this.child.on('exit', () => this.heard?.(null))
  }

  /** The worker's answer; null when one of its tests does not end in time. */
  async ask(ask: Ask, withinMs: number): Promise<Told | null> {
    if (this.child.exitCode === null) this.child.send(ask)
    let workerMessage = await this.next(withinMs)
    while (workerMessage?.told === 'begun') workerMessage = await this.next(withinMs)
    return workerMessage
  }

  /** The worker's next message; null when it ends or sends nothing in time. */
  next(withinMs: number): Promise<Told | null> {
    const early = this.early.shift()
    if (early !== undefined) return Promise.resolve(early)
    if (this.child.exitCode !== null) return Promise.resolve(null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.heard?.(null), withinMs)
      this.heard = (workerMessage) => {
        clearTimeout(timer)
        this.heard = null
        resolve(workerMessage)
      }
    })
  }

  end(): void {
    this.child.kill('SIGKILL')
  }
}

async function loaded(
  planFile: string,
  withinMs: number,
  fromStart?: string,
): Promise<Worker | string> {
  const worker = new Worker(planFile, fromStart)
  const workerMessage = await worker.next(withinMs)
  if (workerMessage?.told === 'loaded') return worker
  worker.end()
  return workerMessage?.told === 'loadFailed' ? workerMessage.why : 'does not load in time'
}

/** What the tests reach, and how long they take to load. */
async function covered(
  planFile: string,
  order: 'asWritten' | 'reversed',
): Promise<{ of: Covered; loadMs: number }> {
  const startMs = performance.now()
  const worker = await loaded(planFile, loadsWithinMs)
  const loadMs = performance.now() - startMs
  if (typeof worker === 'string') throw new Error(`without a mutant: ${worker}`)
  const workerMessage = await worker.ask({ do: 'cover', order }, coversWithinMs)
  worker.end()
  if (workerMessage?.told !== 'covered') throw new Error('without a mutant the tests do not end')
  return { of: workerMessage.covered, loadMs }
}

/**
 * A test that fails without a mutant is left out, such as one with a stopwatch on a busy machine, or one
 * that counts what earlier tests did. A slow test is left to the other stages: without it a score
 * can only be lower.
 */
function judges(of: Covered, reversed: Covered, say: (text: string) => void): Covered {
  const faults = new Map(reversed.tests.map(({ id, fault }) => [id, fault]))
  const whyNot = (one: Covered['tests'][number]): string => {
    if (one.fault !== '') return `fails without a mutant: ${one.fault}`
    const alone = faults.get(one.id) ?? ''
    if (alone !== '') return `needs a test before it: ${alone}`
    return one.ms > slowestMs ? `takes ${Math.round(one.ms)} ms` : ''
  }
  for (const one of of.tests) if (whyNot(one) !== '') say(`  left out: ${one.id}: ${whyNot(one)}`)
  return { ...of, tests: of.tests.filter((one) => whyNot(one) === '') }
}

/** On a busy machine the same work may take much longer. */
const limitOf = (ms: number): number => 6_000 + 10 * ms

interface Ordered {
  readonly tests: readonly Chosen[]
  /** Time limit of the slowest test; it begins anew for each test. */
  readonly limitMs: number
}

interface Job extends Ordered {
  readonly mutant: Mutant
  /**
   * Tests for a mutant that survives `tests`, in a fresh process: the mutant may act while modules load, or state that
   * a module of this folder keeps from an earlier test may hide it.
   */
  readonly fromStart: Ordered | null
}

/** The quickest tests first, as many as the folder's time allows. */
function ordered(of: Covered, hitsOf: (id: string) => number | undefined): Ordered {
  let sumMs = 0
  const reaching = of.tests
    .filter(({ id }) => hitsOf(id) !== undefined)
    .toSorted((a, b) => a.ms - b.ms)
    .filter(({ ms }) => (sumMs += ms) <= reachMsMax)
  return {
    tests: reaching.map(({ id }) => ({ id, hitLimit: 10_000 + 10 * (hitsOf(id) ?? 0) })),
    limitMs: limitOf(Math.max(0, ...reaching.map(({ wallMs }) => wallMs))),
  }
}

function jobOf(mutant: Mutant, of: Covered, keepsState: boolean): Job {
  const { id: mutantId } = mutant
  const inTest = (id: string): number | undefined => of.perTest[id]?.[mutantId]
  const atLoad = of.static[mutantId]
  const isAlone = atLoad !== undefined || keepsState
  const fromStart = isAlone ? ordered(of, (id) => inTest(id) ?? atLoad) : null
  return { mutant, ...ordered(of, inTest), fromStart }
}

class Lane {
  private worker: Worker | null = null
  private readonly planFile: string
  private readonly loadsWithinMs: number

  constructor(planFile: string, loadMs: number) {
    this.planFile = planFile
    this.loadsWithinMs = limitOf(loadMs)
  }

  async run(job: Job): Promise<Tried> {
    const { mutant } = job
    if (job.tests.length === 0 && (job.fromStart?.tests.length ?? 0) === 0)
      return { mutant, fate: 'notReached', by: '' }
    const tried = await this.shared(job)
    if (tried.fate !== 'survived' || job.fromStart === null) return tried
    const worker = await loaded(this.planFile, this.loadsWithinMs, mutant.id)
    if (typeof worker === 'string') return { mutant, fate: 'killed', by: worker }
    const { tests, limitMs } = job.fromStart
    const workerMessage = await worker.ask({ do: 'try', mutant: mutant.id, tests }, limitMs)
    worker.end()
    return triedOf(mutant, workerMessage)
  }

  private async shared(job: Job): Promise<Tried> {
    const { mutant, tests, limitMs } = job
    if (tests.length === 0) return { mutant, fate: 'survived', by: '' }
    const worker = this.worker ?? (await loaded(this.planFile, loadsWithinMs))
    if (typeof worker === 'string') throw new Error(`without a mutant: ${worker}`)
    const isFresh = this.worker === null
    this.worker = worker
    const workerMessage = await worker.ask({ do: 'try', mutant: mutant.id, tests }, limitMs)
    const isDirty = workerMessage?.told === 'killed' && workerMessage.isDirty
    if (workerMessage === null || isDirty) this.end()
    // The previous mutant may have spoilt the process, so a fresh one decides.
    return isDirty && !isFresh ? this.shared(job) : triedOf(mutant, workerMessage)
  }

  end(): void {
    this.worker?.end()
    this.worker = null
  }
}

function triedOf(mutant: Mutant, workerMessage: Told | null): Tried {
  if (workerMessage === null) return { mutant, fate: 'endless', by: '' }
  if (workerMessage.told === 'survived') return { mutant, fate: 'survived', by: '' }
  if (workerMessage.told !== 'killed') throw new Error(`a worker said ${workerMessage.told}`)
  return { mutant, fate: 'killed', by: `${workerMessage.by}: ${workerMessage.why}` }
}

export interface RunOptions {
  readonly workers: number
  readonly keepsState: boolean
  /** Mutants that have not started by then are not tried. */
  readonly withinMs: number
  readonly say: (text: string) => void
  readonly progress: (sofar: readonly Tried[], of: number) => void
}

export async function runMutants(
  mutated: Mutated,
  tests: readonly string[],
  options: RunOptions,
): Promise<Tried[]> {
  const planFile = join(tmpdir(), `etc-mutation-${process.pid}.json`)
  writeFileSync(planFile, JSON.stringify({ sources: mutated.sources, tests } satisfies Plan))
  const lanes: Lane[] = []
  try {
    const found = await covered(planFile, 'asWritten')
    const of = judges(found.of, (await covered(planFile, 'reversed')).of, options.say)
    for (let n = 0; n < options.workers; n++) lanes.push(new Lane(planFile, found.loadMs))
    const jobs = mutated.mutants.map((mutant) => jobOf(mutant, of, options.keepsState))
    const all = jobs.length
    const endMs = performance.now() + options.withinMs
    const tried: Tried[] = []
    await Promise.all(
      lanes.map(async (lane) => {
        for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
          const isLate = performance.now() > endMs
          const late = { mutant: job.mutant, fate: 'notTried', by: '' } as const
          tried.push(isLate ? late : await lane.run(job))
          options.progress(tried, all)
        }
      }),
    )
    return tried
  } finally {
    for (const lane of lanes) lane.end()
    rmSync(planFile, { force: true })
  }
}
