// The replay of a draft over the lot's own ledger: one at a time, begun by a person, watched, stopped, its result
// stored. Reading runs in a thread of its own; this is only its progress.
import type { ReplaySumsView, TariffReplayView } from '../calls/tariff-views.ts'
import type { ReplayWindow } from '../pure/lot/tariff-replay.ts'
import type { Tariff } from '../pure/billing/tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { ReplaySums, StartReplay, TariffReplayRun } from '../ports/tariff-service.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'

const idle: TariffReplayView = { state: 'none', rows: 0, ofRows: 0, sums: null, error: null }

const staysOf = (stays: ReplaySums['up']): ReplaySumsView['up'] =>
  stays.map(({ fromMs, toMs, ...rest }) => ({
    ...rest,
    fromIso: isoOf(fromMs),
    toIso: isoOf(toMs),
  }))

export class TariffReplays {
  private readonly begin: StartReplay
  private readonly rowsNow: () => number
  private run: TariffReplayRun | null = null
  view: TariffReplayView = idle

  /** `rowsNow`: number of rows in the ledger. */
  constructor(begin: StartReplay, rowsNow: () => number) {
    this.begin = begin
    this.rowsNow = rowsNow
  }

  /** Ends a running replay and starts one with this draft. */
  start(tariff: Tariff, window: ReplayWindow): TariffReplayView {
    this.stop()
    const run = this.begin(tariff, window, (rows) => this.end(run, { rows }))
    this.run = run
    this.view = { ...idle, state: 'running', ofRows: this.rowsNow() }
    run.sums.then(
      (sums) => {
        const { up, down, ...rest } = sums
        const shown = { ...rest, up: staysOf(up), down: staysOf(down) }
        this.end(run, { state: 'done', rows: this.view.ofRows, sums: shown })
      },
      (error: unknown) => {
        const fault =
          error instanceof LaneFault ? error : new LaneFault('RUN-05', { note: String(error) })
        this.end(run, { state: 'failed', error: apiErrorOf(fault) })
      },
    )
    return this.view
  }

  /** Ignores results of a run that was stopped or replaced. */
  private end(run: TariffReplayRun, known: Partial<TariffReplayView>): void {
    if (this.run !== run) return
    this.view = { ...this.view, ...known }
    if (this.view.state !== 'running') this.run = null
  }

  stop(): TariffReplayView {
    const { run } = this
    if (run === null) return this.view
    this.run = null
    this.view = { ...this.view, state: 'stopped' }
    run.stop()
    return this.view
  }
}
