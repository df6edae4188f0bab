// At a start, handles charges that a card paid and no upload row names: makes the upload from the ledger's own rows, or
// records why that is impossible. Each is written with an audit row.
import { note } from '#base/pure/words/notes.ts'
import type { CarObu, ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import { isUploadable } from '../../pure/exit-late.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { NotUploaded } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { heldRow, poisonRow, uploadOrPoison, type OutboxMaker } from './outbox-rows.ts'

type Of<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>

interface ChargeRows {
  opened?: Of<'stayOpened'>
  intent?: Of<'intent'>
  armed?: Of<'armed'>
  outcome?: Of<'outcome'>
}

/** The rows of these charges; reads the whole ledger, so it is called only when there are any. */
function chargeRowsOf(
  ledger: Ledger,
  open: readonly NotUploaded[],
): ReadonlyMap<string, ChargeRows> {
  const all = new Map(open.map(({ deductionId }) => [deductionId, {} as ChargeRows]))
  const stays = new Map<string, ChargeRows[]>()
  for (const { stayId, deductionId } of open)
    stays.set(stayId, [...(stays.get(stayId) ?? []), all.get(deductionId) ?? {}])
  for (const row of ledger.rows(0)) {
    if (row.kind === 'stayOpened')
      for (const rows of stays.get(row.stayId ?? '') ?? []) rows.opened = row
    const rows = all.get(row.deductionId ?? '')
    if (rows === undefined) continue
    if (row.kind === 'intent') rows.intent = row
    else if (row.kind === 'armed') rows.armed = row
    else if (row.kind === 'outcome') rows.outcome = row
  }
  return all
}

/** OBU and card as read; null: the row was written by a version that did not store them. */
function obuOf({ armed }: ChargeRows): CarObu | null {
  const unit = armed?.body.unit
  if (armed === undefined || unit === undefined) return null
  const { obuId, cardNo, cardType, balanceBeforeFen, station0019Hex } = armed.body
  return { ...unit, obuId, cardNo, cardType, balanceFen: balanceBeforeFen, station0019Hex }
}

function factsOf(item: NotUploaded, rows: ChargeRows): ChargeFacts | null {
  const { opened, intent, outcome } = rows
  const obu = obuOf(rows)
  const proof = outcome?.body.proof ?? null
  if (opened === undefined || intent === undefined || outcome === undefined) return null
  if (obu === null || !isUploadable(proof)) return null
  const { deductionId, stayId, orderId, laneId, amountFen } = item
  return {
    deductionId,
    stayId,
    orderId,
    laneId,
    amountFen,
    obu,
    proof,
    businessNo: intent.body.outTradeNo,
    outTradeNo: intent.body.outTradeNo,
    plate: intent.body.plate,
    colour: intent.body.colour,
    enteredAtMs: opened.body.enteredAtMs,
    atMs: item.paidAtMs,
    offline: true,
  }
}

/** A result with its TAC that arrived after the car had left: older versions named it `noTac` as well. */
const tacShape = /^[0-9A-F]{8}$/

/** Without a TAC an upload is impossible, as its exception says; a refused charge was certainly not paid. */
const mayHaveTac = ({ reason, detail }: NotUploaded): boolean =>
  reason !== 'contradicted' && (reason !== 'noTac' || tacShape.test(detail))

export function startUploadRows(
  lot: LotState,
  ledger: Ledger,
  maker: OutboxMaker,
  nowMs: InstantMs,
): RowDraft[] {
  const open = [...lot.notUploaded.values()].filter(mayHaveTac)
  if (open.length === 0 || !maker.hasDestination) return []
  const rows = chargeRowsOf(ledger, open)
  return open.flatMap((item) => {
    const facts = factsOf(item, rows.get(item.deductionId) ?? {})
    const row =
      facts === null
        ? poisonRow({ ...item, atMs: nowMs }, note('rowsTellNothing'))
        : uploadOrPoison(maker, { ...facts })
    // Recorded before and unchanged: not written again at every start.
    if (row.kind !== 'outbox' && item.reason !== 'none') return []
    const { deductionId, stayId, orderId } = item
    const audit: RowDraft = {
      kind: 'audit',
      atMs: nowMs,
      stayId,
      orderId,
      deductionId,
      body: {
        act: `start.upload ${deductionId}`,
        by: 'etc-lane',
        role: 'system',
        reason: note('paidUnsent'),
        commandId: `start.upload ${deductionId}`,
        result: row.kind === 'outbox' ? 'made' : 'named',
      },
    }
    const held = facts === null ? null : heldRow(maker, facts, row)
    return [audit, { ...row, atMs: nowMs }, ...(held === null ? [] : [{ ...held, atMs: nowMs }])]
  })
}
