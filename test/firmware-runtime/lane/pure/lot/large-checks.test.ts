// The checker of large amounts: each way in which one may be charged, paid or left, correct and incorrect.
// Rows are made as lanes make them; the lot file gives the limit.
import { expect, it } from 'vitest'
import { violationsOf } from './violations.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { Rows, t0 } from './row-kit.ts'

const largeFen = 2000
const refs = { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1' }

const ordered = (fen = largeFen): Rows => new Rows().stay(1).order(1, fen)
function waited(rows: Rows, of = refs): Rows {
  return rows.add('exception', of, { exceptionType: 16, reason: 'largeAmount', detail: '' })
}
function released(rows: Rows, orderId = 'n-O1'): Rows {
  const who = { by: 'anna', role: 'owner', reason: 'seen', commandId: 'c1', result: 'done' }
  const act = `lane.release ${orderId}`
  return rows.add('audit', { laneId: 'exit', stayId: 'n-S1' }, { act, ...who })
}
function byCode(rows: Rows, by: string | null = null): Rows {
  const body = { paymentId: 'n-M1', means: 'qr', by, reason: 'O1P1' } as const
  return rows.add('payment', { ...refs, amountFen: largeFen }, body)
}
/** A car without an entry record: its fixed price does not count as a large amount. */
function unseen(): Rows {
  const line = { fromMs: t0, toMs: t0, rule: 'noEntry', amountFen: largeFen } as const
  const lines = [{ ...line, text: { zh: '', en: '' } }]
  const body: RowBodies['orderMade'] = {
    tariffId: 't',
    fromMs: t0,
    toMs: t0,
    lines,
    plate: 'x',
    plateRaw: 'x',
  }
  return new Rows().stay(1).add('orderMade', { ...refs, amountFen: largeFen }, body)
}
const found = (rows: Rows, limit: { largeAmountFen?: number } = { largeAmountFen: 1999 }) =>
  violationsOf(rows.all, {}, limit).flatMap(({ id, detail }) =>
    detail.includes('2000 fen') ? [`${id} ${detail}`] : [],
  )

it.each([
  ['released, then charged', released(waited(ordered())).intent(1, 'online', largeFen)],
  [
    'released, and another class is no dearer',
    released(waited(ordered(3000)))
      .order(1, largeFen, 2)
      .intent(1, 'online', largeFen, 1, 2),
  ],
  ['paid by a code after it waited', byCode(waited(ordered())).closed(1, 'other')],
  ['taken otherwise by a person', byCode(ordered(), 'anna').closed(1, 'other')],
  ['left, and is asked for later', waited(ordered()).closed(1, 'later')],
  ['not above the limit', ordered(1999).intent(1, 'online', 1999).closed(1, 'open')],
  ['priced anew below it', waited(ordered()).order(1, 500, 2).intent(1, 'online', 500, 1, 2)],
  ['without an entry', byCode(unseen())],
])('is right: %s', (_name, rows) => {
  expect(found(rows)).toEqual([])
})

it.each([
  ['charged, and nobody released it', waited(ordered()).intent(1, 'online', largeFen), 'released'],
  [
    'another order was released',
    released(waited(ordered()), 'n-O7').intent(1, 'online', largeFen),
    'released',
  ],
  [
    'released before it was dearer',
    released(waited(ordered(1999)))
      .order(1, largeFen, 2)
      .intent(1, 'online', largeFen, 1, 2),
    'released',
  ],
  ['paid by a code, and nothing says why it waited', byCode(ordered()), 'why it waited'],
  ['left without an end', waited(ordered()).closed(1, 'open'), 'without an end'],
])('is found: %s', (_name, rows, words) => {
  expect(found(rows)).toHaveLength(1)
  expect(found(rows)[0]).toMatch(new RegExp(`^M2 .*${words}`))
})

it('says nothing where nobody says the limit', () => {
  expect(found(waited(ordered()).closed(1, 'open'), {})).toEqual([])
})
