// What a row changes, by tables: stays, payments, refunds, cars through lanes, and rows that change nothing.
import { describe, expect, it } from 'vitest'
import {
  changesOf,
  type Changes,
  type OpenRefund,
  type Stay,
} from '../../../centre/fold/changes.ts'
import { placed } from '../../../centre/fold/day.ts'
import { turnsOf } from '../../../centre/fold/read.ts'
import { rowOf, Unfoldable, type FoldRow } from '../../../centre/fold/row.ts'

const atMs = Date.UTC(2026, 10, 29, 4)
const at = { day: '2026-11-29', hour: 12, oddClock: false }
const row = (kind: string, body: object = {}, more: Partial<FoldRow> = {}): FoldRow => ({
  seq: 9,
  kind,
  atMs,
  laneId: null,
  stayId: 'S1',
  orderId: 'n1-O1',
  amountFen: 0,
  body: body as FoldRow['body'],
  ...more,
})
const stay: Stay = {
  stayId: 'S1',
  day: '2026-11-28',
  plate: '桂A00001',
  colour: 'blue',
  enteredAtMs: 5,
  leftAtMs: null,
  ended: null,
  noEntry: false,
  entryLane: 'in',
  exitLane: null,
  orderFen: 0,
  paidFen: 0,
  backFen: 0,
  firstSeq: 1,
  lastSeq: 3,
  oddClock: false,
}
const refund: OpenRefund = { refundId: 'R1', fen: 300, stayId: 'S1', orderId: 'n1-O1' }
const changes = (
  one: FoldRow,
  known: { readonly stay?: Stay | null; readonly refund?: OpenRefund | null } = {},
): Changes => changesOf(one, at, { stay, refund: null, ...known })
const money = (what: 'payment' | 'refund', means: string, fen: number) => ({
  what,
  means,
  fen,
  stayId: 'S1',
  orderId: 'n1-O1',
})

describe('a stay', () => {
  const body = { plate: '桂A00002', colour: 'green', enteredAtMs: 77, noEntry: false }
  it.each([
    [
      'through a lane',
      body,
      'in',
      'entered',
      { entryLane: 'in', plate: '桂A00002', enteredAtMs: 77 },
    ],
    ['at a space', body, null, undefined, { entryLane: null }],
    [
      'at the exit',
      { ...body, noEntry: true },
      'out',
      undefined,
      { entryLane: null, noEntry: true },
    ],
    ['from a list', { ...body, imported: true }, 'in', undefined, { entryLane: null }],
    ['without a plate', { ...body, plate: null }, 'in', 'entered', { plate: null }],
    [
      'with members of a newer program',
      { ...body, roof: { x: 1 } },
      'in',
      'entered',
      { colour: 'green' },
    ],
  ])('opened %s', (_, opened, laneId, flow, wanted) => {
    const found = changes(row('stayOpened', opened, { laneId }), { stay: null })
    expect(found.flow).toBe(flow)
    expect(found.stay).toMatchObject({
      ...wanted,
      day: at.day,
      firstSeq: 9,
      lastSeq: 9,
      ended: null,
    })
  })

  it.each([
    [
      'a late plate',
      row('plateRead', { plate: '桂B1', colour: 'white' }),
      { plate: null },
      { plate: '桂B1', colour: 'white' },
    ],
    [
      'a second plate',
      row('plateRead', { plate: '桂B1', colour: 'white' }),
      {},
      { plate: '桂A00001', colour: 'blue' },
    ],
    ['an order', row('orderMade', {}, { amountFen: 900 }), { orderFen: 500 }, { orderFen: 900 }],
    [
      'an order of a first car',
      row('orderMade', {}, { amountFen: 1, orderId: 'n1-T2' }),
      {},
      { orderFen: 0 },
    ],
    [
      'a payment',
      row('payment', { means: 'cash' }, { amountFen: 400 }),
      { paidFen: 100 },
      { paidFen: 500 },
    ],
    ['a space left', row('spaceLeft', { leftAtMs: 88 }), {}, { leftAtMs: 88, ended: null }],
    [
      'a space left behind its end',
      row('spaceLeft', { leftAtMs: 88 }),
      { ended: 'etc', leftAtMs: 66 },
      { leftAtMs: 66 },
    ],
    [
      'its end',
      row('stayClosed', { end: 'etc', leftAtMs: 99 }, { laneId: 'out' }),
      {},
      { ended: 'etc', leftAtMs: 99, exitLane: 'out' },
    ],
    [
      'its end by a person',
      row('stayClosed', { end: 'free', leftAtMs: 99 }),
      {},
      { ended: 'free', exitLane: null },
    ],
    ['a row of an unknown kind', row('roofOpened', { plate: 'x' }), {}, { plate: '桂A00001' }],
  ])('has %s', (_, one, before, wanted) => {
    const found = changes(one, { stay: { ...stay, ...before } })
    expect(found.stay).toMatchObject({ ...wanted, lastSeq: 9, firstSeq: 1, day: '2026-11-28' })
  })

  it.each(['stayOpened', 'stayClosed', 'payment', 'roofOpened'])('of no opening: %s', (kind) => {
    const body = { means: 'cash', end: 'etc', leftAtMs: 1, colour: 'blue', enteredAtMs: 1 }
    const one = row(kind, body, { stayId: kind === 'stayOpened' ? null : 'S1', laneId: 'out' })
    expect(changes(one, { stay: null }).stay).toBeUndefined()
  })

  it('leaves through a lane, once more counted than it is', () => {
    const closed = row('stayClosed', { end: 'etc', leftAtMs: 99 }, { laneId: 'out' })
    expect(changes(closed).flow).toBe('left')
    expect(changes(closed, { stay: null }).flow).toBe('left')
    expect(changes({ ...closed, laneId: null }).flow).toBeUndefined()
  })
})

describe('money', () => {
  it.each([
    ['cash', row('payment', { means: 'cash' }, { amountFen: 400 }), money('payment', 'cash', 400)],
    [
      'means of a newer program',
      row('payment', { means: 'palm' }, { amountFen: 5 }),
      money('payment', 'palm', 5),
    ],
    ['a waived amount', row('payment', { means: 'free' }), money('payment', 'free', 0)],
    [
      'a first car',
      row('payment', { means: 'etc' }, { amountFen: 1, orderId: 'n1-T1' }),
      undefined,
    ],
    ['a correction', row('adjustment', {}, { amountFen: -500 }), undefined],
    [
      'a step of a payment by code',
      row('pay', { row: 'state', state: 'paid', paidFen: 5 }),
      undefined,
    ],
  ])('paid: %s', (_, one, wanted) => {
    expect(changes(one).money).toEqual(wanted)
  })

  it.each([
    ['asked for', row('refund', { refundId: 'R1' }, { amountFen: 300 }), null, undefined, refund],
    [
      'asked for a first car',
      row('refund', { refundId: 'R1' }, { amountFen: 1, orderId: 'n1-T1' }),
      null,
      undefined,
      undefined,
    ],
    [
      'by the platform',
      row('refundState', { refundId: 'R1', state: 'success' }),
      refund,
      money('refund', 'etc', 300),
      undefined,
    ],
    [
      'in cash',
      row('refundState', { refundId: 'R1', state: 'success', means: 'cash' }),
      refund,
      money('refund', 'cash', 300),
      undefined,
    ],
    [
      'by the issuer',
      row('refundState', { refundId: 'R1', state: 'success', means: 'issuer' }),
      refund,
      money('refund', 'etc', 300),
      undefined,
    ],
    [
      'refused',
      row('refundState', { refundId: 'R1', state: 'rejected' }),
      refund,
      undefined,
      undefined,
    ],
    [
      'carried out twice',
      row('refundState', { refundId: 'R1', state: 'success' }),
      null,
      undefined,
      undefined,
    ],
    [
      'by code, asked for',
      row('pay', { row: 'refund', refundNo: 'R1', amountFen: 300, why: 'person' }),
      null,
      undefined,
      refund,
    ],
    [
      'by code, of a late payment',
      row('pay', { row: 'refund', refundNo: 'R1', amountFen: 300, why: 'late' }),
      null,
      undefined,
      undefined,
    ],
    [
      'by code',
      row('pay', { row: 'refundDone', refundNo: 'R1' }),
      refund,
      money('refund', 'qr', 300),
      undefined,
    ],
    [
      'by code, refused',
      row('pay', { row: 'refundRefused', refundNo: 'R1' }),
      null,
      undefined,
      undefined,
    ],
  ])('given back: %s', (_, one, open, moved, asked) => {
    const found = changes(one, { refund: open })
    expect(found.money).toEqual(moved)
    expect(found.asked).toEqual(asked)
    expect(found.refunded).toEqual(moved === undefined ? undefined : refund)
    expect(found.stay?.backFen).toBe(moved?.fen ?? 0)
  })
})

it.each([
  ['a payment without means', row('payment', {}, { amountFen: 4 }), 'means'],
  ['an end that is a number', row('stayClosed', { end: 5, leftAtMs: 1 }), 'end'],
  ['a time that is a text', row('stayClosed', { end: 'etc', leftAtMs: 'now' }), 'leftAtMs'],
  ['a refund without number', row('refundState', { state: 'success' }), undefined],
  ['a text with U+0000', row('plateRead', { plate: '\0', colour: 'blue' }), 'plate'],
])('stops at %s', (_, one, why) => {
  const take = (): Changes => changes(one, { stay: { ...stay, plate: null } })
  if (why === undefined) expect(take().money).toBeUndefined()
  else expect(take).toThrow(expect.objectContaining({ seq: 9, why }))
})

describe('the text of a row', () => {
  const text = (change: object): string =>
    JSON.stringify({
      amountFen: 4,
      atMs: 5,
      body: {},
      kind: 'payment',
      nodeId: 'n1',
      seq: 9,
      ...change,
    })
  it.each([
    ['whole', text({}), { kind: 'payment', amountFen: 4, atMs: 5, laneId: null }],
    ['of a newer program', text({ roof: [1], body: { x: { y: 1 } } }), { kind: 'payment' }],
    ['without its text', `#${'0'.repeat(64)}`, null],
  ])('%s', (_, line, wanted) => {
    const found = rowOf(line, 9)
    if (wanted === null) expect(found).toBeNull()
    else expect(found).toMatchObject(wanted)
  })
  it.each([
    ['no JSON', '{', 'text'],
    ['a list', '[]', 'text'],
    ['a kind that is a number', text({ kind: 5 }), 'kind'],
    ['a half fen', text({ amountFen: 0.5 }), 'amountFen'],
    ['a time that is none', text({ atMs: 'now' }), 'atMs'],
    ['a stay that is a list', text({ stayId: [] }), 'stayId'],
  ])('stops at %s', (_, line, why) => {
    expect(() => rowOf(line, 9)).toThrow(expect.objectContaining({ seq: 9, why }))
    expect(() => rowOf(line, 9)).toThrow(Unfoldable)
  })
})

const received = Date.UTC(2026, 10, 29, 4)
it.each([
  ['its own day', Date.UTC(2026, 10, 29, 15, 59), '2026-11-29', 23, false],
  ['the next day, in China', Date.UTC(2026, 10, 29, 16), '2026-11-30', 0, false],
  ['a day ahead', received + 86_400_000, '2026-11-30', 12, false],
  ['more than a day ahead', received + 86_400_001, '2026-10-01', 12, true],
  ['2099', Date.UTC(2099, 0, 1, 4), '2026-10-01', 12, true],
  ['the first day', Date.UTC(2019, 11, 31, 16), '2020-01-01', 0, false],
  ['before it', Date.UTC(2019, 11, 31, 15, 59, 59, 999), '2026-10-01', 23, true],
  ['1970', 0, '2026-10-01', 8, true],
  ['no date at all', Number.MAX_SAFE_INTEGER, '2026-10-01', 0, true],
  ['long ago', -Number.MAX_SAFE_INTEGER, '2026-10-01', 0, true],
])('counts a row of %s', (_, ms, day, hour, oddClock) => {
  expect(placed(ms, received, '2026-10-01')).toEqual({ day, hour, oddClock })
})

const lags = (...rows: readonly number[]) =>
  rows.map((count, n) => ({ lotId: `A${n}`, nodeId: 'n1', rows: count }))
it.each([
  ['few rows of all', lags(3, 4, 5), 5_000, '', { A0: 3, A1: 4, A2: 5 }],
  ['a large backlog beside them', lags(9_000, 4, 5), 5_000, '', { A0: 1_666, A1: 4, A2: 5 }],
  ['one alone', lags(9_000), 5_000, '', { A0: 5_000 }],
  [
    'large backlogs of many',
    lags(...Array.from({ length: 20 }, () => 9_000)),
    1_000,
    '',
    { A0: 500, A1: 500 },
  ],
  ['in turn', lags(9_000, 9_000, 9_000), 1_000, 'A1/n1/', { A2: 500, A0: 500 }],
  ['after the last one, from the first', lags(9_000, 9_000), 500, 'A1/n1/', { A0: 500 }],
  ['small chunks', lags(9_000, 9_000), 97, '', { A0: 97 }],
  ['nothing', [], 500, '', {}],
])('takes %s', (_, lagging, rowsMax, last, wanted) => {
  const turns = turnsOf(lagging, rowsMax, ({ lotId, nodeId }) => `${lotId}/${nodeId}/` > last)
  expect(Object.fromEntries(turns.map(({ lotId, rows }) => [lotId, rows]))).toEqual(wanted)
  expect(turns.map(({ lotId }) => lotId)).toEqual(Object.keys(wanted))
})
