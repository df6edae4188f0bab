// All survey measurements as one service outside the lanes' thread: instrument and jobs, and one view of both, sent
// after each change, at most ten times a second.
import type { BurstArgs, ConnectArgs, MeasureJob } from '../calls/measure.ts'
import type { MeasureKind, MeasureView } from '../calls/measure-views.ts'
import { InstrumentService, type InstrumentParts } from './instrument-service.ts'
import { MeasureJobs, type MeasureJobsParts } from './measure-jobs.ts'

const tellEveryMs = 100

export type MeasureServiceParts = Omit<InstrumentParts & MeasureJobsParts, 'changed'> & {
  /** `busy`: a device is open or a job runs, so the process must not be ended. */
  onChange(view: MeasureView, busy: boolean): void
}

export class MeasureService {
  readonly #parts: MeasureServiceParts
  readonly #instrument: InstrumentService
  readonly #jobs: MeasureJobs
  #planned = false

  constructor(parts: MeasureServiceParts) {
    this.#parts = parts
    const changed = (): void => this.#changed()
    this.#instrument = new InstrumentService({ ...parts, changed })
    this.#jobs = new MeasureJobs({ ...parts, changed })
  }

  connect(args: ConnectArgs): MeasureView {
    this.#instrument.connect(args)
    return this.view()
  }

  burst(args: BurstArgs): Promise<void> {
    return this.#instrument.burst(args)
  }

  close(): MeasureView {
    this.#instrument.close()
    return this.view()
  }

  start(job: MeasureJob, survey: string, by: string): MeasureView {
    this.#jobs.start(job, survey, by)
    return this.view()
  }

  stop(kind: MeasureKind): MeasureView {
    this.#jobs.stop(kind)
    return this.view()
  }

  /** Before the process ends: switches off driven antennas and releases links. */
  async letGo(): Promise<void> {
    this.#instrument.close()
    await this.#jobs.stopAll()
  }

  view(): MeasureView {
    return { instrument: this.#instrument.view(), jobs: this.#jobs.views() }
  }

  #changed(): void {
    if (this.#planned) return
    this.#planned = true
    this.#parts.mono.after(tellEveryMs, () => {
      this.#planned = false
      const view = this.view()
      this.#parts.onChange(view, view.instrument !== null || this.#jobs.isRunning)
    })
  }
}
