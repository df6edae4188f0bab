// The lot of the scene with a billing system of another maker: its orders came over the published interface, and each result
// was fetched there a few seconds later.
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { heardRow } from '#base/pure/lot/partner-heard.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardFacts } from './scene.ts'

const partnerId = 'acme'

const asSent = (row: LedgerRow): LedgerRow => {
  if (row.kind !== 'orderMade') return row
  const { atMs: madeAtMs, stayId: stayNo = '', orderId: orderNo = '', laneId = null } = row
  const of = { partnerId, orderNo, stayNo, laneId, leftAtMs: null, madeAtMs }
  return { ...row, body: { ...row.body, sent: { ...of, colour: 'blue' } } }
}

const overInterface = (all: AcceptanceFacts): AcceptanceFacts => ({
  ...all,
  rows: all.rows.map(asSent),
})

export function sentFacts(): AcceptanceFacts {
  const all = overInterface(cardFacts())
  const rows = all.rows.flatMap((row): LedgerRow[] => {
    if (row.kind !== 'payment') return [row]
    const place = { nodeId: row.nodeId, seq: row.seq, prevHash: '', hash: '' }
    return [row, { ...heardRow(partnerId, row.seq, row.atMs + 4_000), ...place }]
  })
  return { ...all, rows }
}
