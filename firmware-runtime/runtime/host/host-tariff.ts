// The tariff calls of a running lot: its store, prices computed outside the lanes' thread, and a worker for each replay
// of its ledger, which ends with it.
import { ReaderWorker, type LedgerReaderOptions } from '#lane/sqlite/reader-worker.ts'
import type { TariffParts } from '#money/desk/handlers/control-tariff.ts'
import { TariffReplays } from '#money/tariff/tariff-replays.ts'
import type { StartReplay } from '#money/ports/tariff-service.ts'
import { programFile } from '#base/process/program-file.ts'
import type { Site } from '../site/site-parts.ts'
import { closeBeside } from '#base/process/close-all.ts'

const replayIn =
  (place: LedgerReaderOptions): StartReplay =>
  (tariff, window, rows) => {
    const worker = new ReaderWorker(programFile(), place, rows)
    const end = (): void => closeBeside('tariffReplay', worker.close())
    return { sums: worker.tariffReplay(tariff, window).finally(end), stop: end }
  }

export function hostTariff(
  { tariffStore, config, runtime, opened }: Site,
  service: ReaderWorker,
  place: LedgerReaderOptions,
): TariffParts {
  const areas = new Set(config.lanes.flatMap(({ area }) => area ?? []))
  return {
    service,
    replays: new TariffReplays(replayIn(place), () => opened.ledger.head.seq),
    areas: [...areas],
    current: () => tariffStore.tariff,
    nowMs: () => runtime.nowMs(),
    versions: () => tariffStore.versions(),
    prepare: (tariff, who) => tariffStore.prepare(tariff, who),
  }
}
