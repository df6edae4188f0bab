// The sources of a lot's reports: the worker of a running lot, or the ledger of a stopped one.
// The stored versions of the lot show since when each tariff was in force.
import { systemWallClock } from '#base/time/system-clocks.ts'
import { reportShelf } from '#ledger/files/report-shelf.ts'
import { openLedgerReader, type ReaderOptions } from '#ledger/sqlite/ledger-reader.ts'
import type { ReportSource } from '#money/desk/report/make-report.ts'
import { ReportScheduler } from '#money/desk/report/report-scheduler.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { Reports } from '#money/desk/report/reports.ts'
import type { ReportLot } from '#money/desk/report/report-sheet-words.ts'
import { openLayoutNames } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { versionAt, versionTimes } from '#lane/desk/folder/lot-versions.ts'
import type { Site } from '../site/site-parts.ts'
import type { SurveyCalls } from '#survey/desk/worker/worker-client.ts'

/** Versions of the lot that changed its tariff. */
function tariffTimes(dir: string): readonly InstantMs[] {
  let before = ''
  return versionTimes(dir).filter((atMs) => {
    const now = JSON.stringify(versionAt(dir, atMs)?.tariff ?? null)
    const changed = now !== before
    before = now
    return changed
  })
}

interface LotHere extends ReportLot, Pick<LotConfig, 'gateway'> {
  readonly lanes: readonly (ReportLot['lanes'][number] & { readonly layout?: string })[]
}

const lotOf = ({ name, lanes, gateway, ...lot }: LotHere) => ({
  lot: {
    name,
    lanes: lanes.map((lane) => ({ id: lane.id, name: lane.name })),
    capacity: lot.capacity,
    isStreet: lanes.some(({ layout = '' }) => openLayoutNames.includes(layout)),
    spaceKinds: lot.spaceKinds,
    district: lot.district,
    qualification: lot.qualification,
  },
  hasGateway: gateway !== undefined,
})

interface ReportHost {
  readonly dir: string
  readonly site: Pick<Site, 'config' | 'runtime' | 'opened'>
  readonly service: Pick<LedgerService, 'dayTally' | 'reportPart'>
  /** Lays out reports in a process of its own. */
  readonly surveys: Pick<SurveyCalls, 'reportFile'>
  readonly mono: MonoClock
  readonly tasks: Pick<TaskOwner, 'every'>
  waiting: NonNullable<ReportSource['waiting']>
  onFault(fault: LaneFault): void
}

export function hostReports({ dir, site, service, surveys, ...more }: ReportHost): {
  readonly reports: Reports
  readonly scheduler: ReportScheduler
} {
  const { config, runtime, opened } = site
  const { mono, tasks, waiting, onFault } = more
  const source: ReportSource = {
    ...lotOf(config),
    nowMs: () => runtime.nowMs(),
    head: () => opened.ledger.head,
    tariffsMs: () => tariffTimes(dir),
    dayTally: (sinceMs) => service.dayTally(sinceMs),
    reportPart: (request) => service.reportPart(request),
    waiting,
  }
  const file: SurveyCalls['reportFile'] = (sheet, format) => surveys.reportFile(sheet, format)
  const scheduler = new ReportScheduler({
    plans: config.reports ?? [],
    source,
    mono,
    tasks,
    shelf: reportShelf(dir),
    isClockUnsure: () => runtime.clockDoubt !== null,
    file,
    onFault,
  })
  const plans = (): ReturnType<ReportScheduler['plans']> => scheduler.plans()
  return { reports: new Reports({ source, file, plans }), scheduler }
}

/** For a stopped lot; call `close` after the report was made. */
export function restingReports(
  options: ReaderOptions,
  config: LotHere,
): ReportSource & { close(): void } {
  const reader = openLedgerReader(options)
  return {
    ...lotOf(config),
    nowMs: () => systemWallClock().nowMs(),
    head: () => reader.head(),
    tariffsMs: () => tariffTimes(options.dir),
    dayTally: (sinceMs) => Promise.resolve(reader.dayTally(sinceMs)),
    reportPart: (request) => Promise.resolve(reader.reportPart(request)),
    close: () => reader.close(),
  }
}
