// Table G.1 row 4: upload of shifts.
// Judged by the shifts in the ledger, each with its record and answer, and by the accesses to the interface.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { accessFinding } from '../accesses.ts'
import { askedShifts } from '../asked-records.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { defineAcceptanceItem, rowEvidence, type Wrong } from '../item.ts'
import { ofKind, type RowOf } from '../transactions.ts'
import { notTaken } from '../plant.ts'

interface Shift {
  readonly event: LedgerRow
  readonly row: RowOf<'outbox'> | null
  readonly last: RowOf<'outboxState'> | null
}

/** Each shift that ended, with its record for the operator; a record belongs to one shift. */
function shiftsOf(facts: AcceptanceFacts): readonly Shift[] {
  const states = Map.groupBy(ofKind(facts.rows, 'outboxState'), ({ body }) => body.outboxId)
  const open = new Set(
    ofKind(facts.rows, 'outbox').filter(({ body }) => body.destination === 'operator'),
  )
  return askedShifts(facts).map(({ event, isRecord }) => {
    const row = [...open].find((one) => isRecord(one)) ?? null
    if (row !== null) open.delete(row)
    return {
      event,
      row,
      last: row === null ? null : (states.get(row.body.outboxId)?.at(-1) ?? null),
    }
  })
}

const shiftFaults = (facts: AcceptanceFacts): readonly Wrong[] =>
  shiftsOf(facts).flatMap(({ event, row, last }): readonly Wrong[] => {
    if (row === null)
      return [
        {
          assertion: 'neverQueued',
          words: t(
            `${isoOf(event.atMs)} 交的班没有排入上传`,
            `the shift that ended at ${isoOf(event.atMs)} was never queued`,
          ),
          evidence: [rowEvidence(event)],
        },
      ]
    if (last?.body.state !== 'rejected' && last?.body.state !== 'held') return []
    return [
      {
        assertion: 'refused',
        words: t(
          `班次 ${row.body.businessNo} 被退回`,
          `the shift ${row.body.businessNo} was refused`,
        ),
        evidence: [row, last].map(rowEvidence),
      },
    ]
  })

/** A record waits that long for its answer before the item says so. */
const answerMs = 60_000

function openShifts(facts: AcceptanceFacts): readonly BilingualText[] {
  const open = shiftsOf(facts).filter(
    ({ row, last }) =>
      row !== null &&
      facts.nowMs - row.atMs > answerMs &&
      !['confirmed', 'replaced', 'rejected', 'held'].includes(last?.body.state ?? ''),
  )
  if (open.length === 0) return []
  return [t(`${open.length} 个班次没有答复`, `${open.length} shifts have no answer`)]
}

export const shiftUpload = defineAcceptanceItem({
  id: 'G4',
  title: t('上班信息上传', 'Upload of shifts'),
  rule: { clause: 'G.1-4', evidence: ['access'] },
  printed: '支持上传至停车场运营服务商管理平台',
  needs: ['operator'],
  steps: [t('交一次班', 'Hand over one shift')],
  expected: t('运营服务商平台确认', "The operator's platform confirms it"),
  assumed: t('接口按 P21', 'The interface follows P21'),
  plant: notTaken('shift-records', 'shiftNo', { at: 'operator', drive: 'drawer' }),
  judge: (facts) =>
    accessFinding(
      facts,
      { interfaceId: 'shiftUpload', at: ['operator'], what: t('上传上班信息', 'upload of shifts') },
      shiftFaults(facts),
      openShifts(facts),
    ),
})
