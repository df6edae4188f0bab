// Receipts on paper of an open site: connects its printers with its ledger and its exits.
// Printers open beside the lanes; an opening barrier only reports its car.
import { t } from '#base/pure/words/fault-text.ts'
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { openDrawerFor } from '#money/desk/till/cash-drawer.ts'
import { PaperReceipts } from '#money/desk/till/paper-receipts.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { ReceiptParts } from '#money/desk/handlers/control-receipts.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import type { Site } from '../site/site-parts.ts'
import { receiptsOf } from './receipts-of.ts'
import type { SurveyCalls } from '#survey/desk/worker/worker-client.ts'
import { openPrinter, type OpenPrinter } from '#money/desk/receipt/printers.ts'

interface PrintingPorts {
  readonly dir: string
  readonly business: BusinessClock
  readonly mono: MonoClock
}

export async function openPrinters(
  { config, runtime, frameServices: frames }: Pick<Site, 'config' | 'runtime' | 'frameServices'>,
  { dir, business, mono }: PrintingPorts,
): Promise<readonly OpenPrinter[]> {
  const { printers = [] } = config
  if (printers.length === 0) return []
  const profiles = await namedProfiles({ lanes: [], printers }, dir)
  const changed = (): void => {
    for (const seen of runtime.onChange) seen()
  }
  return printers.map((one) => openPrinter(one, { mono, business, profiles, frames, changed }))
}

export interface Printing extends ReceiptParts {
  close(): void
}

interface PaperPorts {
  readonly dir: string
  readonly printers: readonly OpenPrinter[]
  /** Lays out reports in a process of its own. */
  readonly surveys: Pick<SurveyCalls, 'receiptPdf'>
  readonly tasks: Pick<TaskOwner, 'once'>
}

export function printingOf(
  site: Pick<Site, 'config' | 'runtime' | 'partners'>,
  service: Pick<LedgerService, 'timeline' | 'query' | 'invoiceRows' | 'newsRows'>,
  { dir, printers, surveys, tasks }: PaperPorts,
): Printing {
  const { config, runtime } = site
  const receipts = receiptsOf(site, service, dir)
  site.partners.readBy({ receipts, service })
  const failed = ({ code, detail }: LaneFault, stayId: string): void =>
    runtime.trace('', stayId, 'fault', `${code} ${detail.value ?? ''}`.trim())
  const paper = new PaperReceipts({
    lot: config,
    printers,
    receipts,
    service,
    tasks,
    pdf: (lines) => surveys.receiptPdf(lines),
    nowMs: () => runtime.nowMs(),
    append: (rows) => {
      runtime.append(rows)
    },
    failed,
  })
  const unlisten = runtime.events.listen(({ type, laneId, stayId }) => {
    if (type === 'barrierCommanded' && stayId !== null) paper.exit(laneId, stayId)
  })
  const drawer = (laneId: string, event: LaneEvent): void =>
    openDrawerFor(
      {
        printers,
        stateOf: (id) => {
          const { name, car = null } = runtime.lanes.get(id)?.state ?? { name: 'none' }
          return { name, stayId: car?.stayId ?? null }
        },
        nowMs: () => runtime.nowMs(),
        append: (rows) => runtime.appendQuietly(rows),
        silent: (id, printerId) => runtime.trace(id, null, 'fault', `CASH-03 ${printerId}`),
      },
      laneId,
      event,
    )
  runtime.onLaneEvent.add(drawer)
  return {
    receipts,
    paper,
    drawer() {
      const printer = printers.find(({ config: { drawer: pin } }) => pin !== undefined)
      if (printer === undefined) return noDrawer
      if (printer.trouble === 'silent') return t('打印机没有应答', 'the printer says nothing')
      return () => printer.openDrawer()
    },
    close() {
      runtime.onLaneEvent.delete(drawer)
      unlisten()
      for (const printer of printers) printer.close()
    },
  }
}
