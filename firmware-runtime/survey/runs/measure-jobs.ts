// Survey measurements that take time, one of each kind at once: step, progress, remaining time, and a way to stop. They
// continue without a viewer; results are durable as they come.
import type { MeasureJob } from '../calls/measure.ts'
import type { JobView, MeasureKind } from '../calls/measure-views.ts'
import type { ReceivedBytes } from '../pure/file/origin.ts'
import type { SurveyBody } from '../pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { nowMsOf } from './pace.ts'

interface PlannedStep {
  readonly step: string
  /** Duration without problems, ms. */
  readonly ms: number
}

interface JobRun {
  readonly signal: AbortSignal
  /** Begins the next step of the plan; a step that is not in it is ignored. */
  step(step: string): void
  /** `receivedBytes`: the raw bytes of the other end. */
  record(bodies: readonly SurveyBody[], receivedBytes?: ReceivedBytes): void
}

export interface Runnable {
  readonly plan: readonly PlannedStep[]
  /** Returns the faults: what was not measured. */
  run(run: JobRun): Promise<readonly LaneFault[]>
}

export interface MeasureJobsParts {
  readonly mono: MonoClock
  readonly clock: WallClock
  /** Refuses impossible arguments before anything begins. */
  runnable(job: MeasureJob): Runnable
  write(
    name: string,
    bodies: readonly SurveyBody[],
    by: string,
    receivedBytes?: ReceivedBytes,
  ): void
  /** Called before the first probe of a job is sent. */
  begin(name: string, job: MeasureJob, by: string): void
  changed(): void
}

/** Steps before the first probe: a failure in them is not a run. */
const preludes: readonly string[] = ['lookUp', 'open']
export const isProbing = (step: string): boolean => !preludes.includes(step)

const tickMs = 1_000

class Job {
  readonly kind: MeasureKind
  readonly survey: string
  state: JobView['state'] = 'running'
  readonly #parts: MeasureJobsParts
  readonly #by: string
  readonly #runnable: Runnable
  readonly #job: MeasureJob
  #isBegun = false
  readonly #stop = new AbortController()
  readonly #startedAtIso: string
  #at = 0
  #stepMs: number
  #records = 0
  #faults: readonly LaneFault[] = []

  constructor(parts: MeasureJobsParts, job: MeasureJob, survey: string, by: string) {
    this.kind = job.kind
    this.survey = survey
    this.#by = by
    this.#parts = parts
    this.#job = job
    this.#runnable = parts.runnable(job)
    this.#startedAtIso = isoOf(parts.clock.nowMs())
    this.#stepMs = nowMsOf(parts.mono)
  }

  async run(): Promise<void> {
    const { signal } = this.#stop
    try {
      this.#faults = await this.#runnable.run({
        signal,
        step: (step) => this.#step(step),
        record: (bodies, receivedBytes) => {
          this.#begin()
          this.#parts.write(this.survey, bodies, this.#by, receivedBytes)
          this.#records += bodies.length
          this.#parts.changed()
        },
      })
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.#faults = [error]
    }
    this.state = signal.aborted ? 'stopped' : this.#faults.length > 0 ? 'failed' : 'done'
    this.#parts.changed()
  }

  stop(): void {
    this.#stop.abort()
  }

  view(): JobView {
    const { kind, survey, state } = this
    const { plan } = this.#runnable
    const all = plan.reduce((sum, { ms }) => sum + ms, 0)
    const before = plan.slice(0, this.#at).reduce((sum, { ms }) => sum + ms, 0)
    const now = plan[this.#at]
    const inStep = Math.min(now?.ms ?? 0, nowMsOf(this.#parts.mono) - this.#stepMs)
    const done = state === 'done' ? all : before + inStep
    return {
      kind,
      survey,
      state,
      step: now?.step ?? '',
      records: this.#records,
      percent: all === 0 ? 0 : Math.floor((100 * done) / all),
      leftMs: state === 'running' ? Math.max(0, all - done) : null,
      faults: this.#faults.map((fault) => apiErrorOf(fault)),
      startedAtIso: this.#startedAtIso,
    }
  }

  #begin(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    this.#parts.begin(this.survey, this.#job, this.#by)
  }

  #step(step: string): void {
    if (isProbing(step)) this.#begin()
    const next = this.#runnable.plan.findIndex((one, i) => i >= this.#at && one.step === step)
    if (next < 0 || next === this.#at) return
    this.#at = next
    this.#stepMs = nowMsOf(this.#parts.mono)
    this.#parts.changed()
  }
}

export class MeasureJobs {
  readonly #parts: MeasureJobsParts
  readonly #jobs = new Map<MeasureKind, Job>()
  readonly #ended = new Map<MeasureKind, Promise<void>>()
  #cancel: Cancel | null = null

  constructor(parts: MeasureJobsParts) {
    this.#parts = parts
  }

  /** SURVEY-20 while a job of its kind runs; faults of the arguments at once. */
  start(job: MeasureJob, survey: string, by: string): void {
    if (this.#jobs.get(job.kind)?.state === 'running')
      throw new LaneFault('SURVEY-20', { value: job.kind })
    const made = new Job(this.#parts, job, survey, by)
    this.#jobs.set(job.kind, made)
    this.#ended.set(job.kind, made.run())
    this.#cancel ??= this.#parts.mono.after(tickMs, () => this.#tick())
    this.#parts.changed()
  }

  stop(kind: MeasureKind): void {
    this.#jobs.get(kind)?.stop()
  }

  /** Stops all jobs, and resolves when each has released its devices. */
  async stopAll(): Promise<void> {
    for (const job of this.#jobs.values()) job.stop()
    await Promise.all(this.#ended.values())
  }

  get isRunning(): boolean {
    return [...this.#jobs.values()].some(({ state }) => state === 'running')
  }

  views(): readonly JobView[] {
    return [...this.#jobs.values()].map((job) => job.view())
  }

  #tick(): void {
    this.#cancel = this.isRunning ? this.#parts.mono.after(tickMs, () => this.#tick()) : null
    this.#parts.changed()
  }
}
