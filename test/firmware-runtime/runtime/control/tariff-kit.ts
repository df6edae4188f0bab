// The tariff service of a lot in memory: does at once what a folder and a worker thread do in the product.
// A replay waits until the test continues it.
import { pricesHere, type TariffParts } from '#money/desk/handlers/control-tariff.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { TariffReplays } from '#money/tariff/tariff-replays.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { ReplaySums, StartReplay } from '#money/ports/tariff-service.ts'

export const noSums: ReplaySums = {
  stays: 0,
  before: 0,
  after: 0,
  upCount: 0,
  upFen: 0,
  downCount: 0,
  downFen: 0,
  groups: [],
  up: [],
  down: [],
}

export class MemoryTariff {
  current: Tariff = demoTariff
  readonly saved: { readonly by: string; readonly reason: string }[] = []
  /** The error that the next save throws, as on a full disk. */
  full: Error | null = null
  /** The controls of each replay that was begun. */
  readonly runs: {
    readonly tariff: Tariff
    readonly rows: (count: number) => void
    readonly done: PromiseWithResolvers<ReplaySums>
    stopped: boolean
  }[] = []
  readonly parts: TariffParts

  constructor(ledger: { readonly list: readonly LedgerRow[] }, nowMs: () => number) {
    const begin: StartReplay = (tariff, _window, rows) => {
      const run = { tariff, rows, done: Promise.withResolvers<ReplaySums>(), stopped: false }
      this.runs.push(run)
      return { sums: run.done.promise, stop: () => void (run.stopped = true) }
    }
    this.parts = {
      service: pricesHere,
      replays: new TariffReplays(begin, () => ledger.list.length),
      areas: ['B1'],
      current: () => this.current,
      nowMs,
      versions: () => this.saved.map((who) => ({ atIso: '2026-11-20T10:00:00+08:00', ...who })),
      prepare: (tariff, who) => {
        if (this.full !== null) throw this.full
        return () => {
          this.current = tariff
          this.saved.push(who)
        }
      },
    }
  }
}
