// Cash that was taken opens the drawer beside its lane: behind the row of the payment, once, and never in front of
// a barrier. Each pulse is a row, so that a shift can be counted against it.
import type { LaneEvent } from '../../core/lane/lane.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { PrinterPort } from './paper-receipts.ts'

interface DrawerParts {
  readonly printers: readonly Pick<PrinterPort, 'config' | 'openDrawer'>[]
  /** What the lane stands in behind the event. */
  stateOf(laneId: string): { readonly name: string; readonly stayId: string | null } | null
  nowMs(): InstantMs
  /** False: it was not written. Nothing waits for it. */
  append(rows: readonly RowDraft[]): boolean
  /** The attendant opens it with its key. */
  silent(laneId: string, printerId: string): void
}

export function openDrawerFor(parts: DrawerParts, laneId: string, event: LaneEvent): void {
  if (event.type !== 'settle' || event.means !== 'cash') return
  const state = parts.stateOf(laneId)
  // A payment that could not be written leaves its car waiting.
  if (state?.name !== 'opening') return
  const printer = parts.printers.find(
    ({ config: { drawer, lanes } }) =>
      drawer !== undefined && (lanes === undefined || lanes.includes(laneId)),
  )
  if (printer === undefined) return
  const { id } = printer.config
  const isSent = printer.openDrawer()
  const detail = canonicalJson({ printer: id, state: isSent ? 'sent' : 'silent', by: event.act.by })
  const { stayId } = state
  const of = stayId === null ? { laneId } : { laneId, stayId }
  parts.append([{ kind: 'event', atMs: parts.nowMs(), ...of, body: { type: 'drawer', detail } }])
  if (!isSent) parts.silent(laneId, id)
}
