// Which exit uploads also go to the operator's platform as an exit (table G.1, row 10): only the first one. A mended
// record, or one sent again because the expansion platform lacks it, would put its number into the outbox twice.
import { expect, it } from 'vitest'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import { recordsOf } from '#ledger/pure/lot/lot-records.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

const upload = (over: object): RowDraft => ({
  kind: 'outbox',
  atMs: 0,
  laneId: 'exit',
  stayId: 'S1',
  orderId: 'O1',
  deductionId: 'O1.D1',
  amountFen: 300,
  body: {
    outboxId: 'U2',
    destination: 'platform',
    op: 'exitUpload',
    businessNo: 'P1',
    body: '{}',
    bodySm3: 'AB',
    ...over,
  },
})

it.each([
  ['first made', {}, ['exitRecord']],
  ['mended by a person', { replaces: 'U1' }, []],
  ['missed by the expansion platform', { resends: 'U1' }, []],
])('an upload that is %s', (_what, over, wanted) => {
  const targets = {
    entry: ['operator'],
    plateIn: ['operator'],
    exit: ['operator'],
    shift: ['operator'],
    feedback: ['platform'],
    plateOut: ['platform', 'operator'],
  } as const
  const records = recordsOf(emptyLot(), [upload(over)], targets, () => true)
  expect(records.map(({ op }) => op)).toEqual(wanted)
})
