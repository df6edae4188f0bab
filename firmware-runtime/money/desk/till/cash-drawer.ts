// Cash opens the drawer beside its lane: after the row of the payment, once, and never before a barrier opens. Each
// pulse is a row, so that a shift can be checked against it.
import type { LaneEvent } from '#lane/pure/lane.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PrinterPort } from './paper-receipts.ts'

interface DrawerParts {
  readonly printers: readonly Pick<PrinterPort, 'config' | 'openDrawer'>[]
  /** State of the lane after the event. */
  stateOf(laneId: string): { readonly name: string; readonly stayId: string | null } | null
  nowMs(): InstantMs
  /** False: not written. Nothing waits for it. */
  append(rows: readonly RowDraft[]): boolean
  /** The drawer did not respond: the attendant opens it with its key. */
  silent(laneId: string, printerId: string): void
}

export function openDrawerFor(parts: DrawerParts, laneId: string, event: LaneEvent): void {
  if (event.type !== 'settle' || event.means !== 'cash') return
  const state = parts.stateOf(laneId)
  // When a payment could not be written its car keeps waiting.
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
