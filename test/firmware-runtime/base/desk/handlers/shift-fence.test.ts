// An attendant sees and closes only the own shift. Other shifts, days and items are refused by the runtime, for every
// window or program that asks, and shown to owner and auditor. What the desk needs to serve a car stays available.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DayView } from '#money/calls/day.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { MemoryPeople } from '../../../lane/people/people-kit.ts'
import { carAtExit, startMs, type TestLot } from '../../../runtime/control/control-kit.ts'
import { nameOf, peopled, secretOf, signIn } from '../../../runtime/control/people-lot.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

const hourMs = 3_600_000
const otherShift = { error: { code: 'PEOPLE-16' } }

let lot: TestLot
let attendant = ''
let owner = ''
let auditor = ''

beforeEach(async () => {
  lot = await peopled(new MemoryPeople())
  attendant = await signIn(lot, 'attendant')
  owner = await signIn(lot, 'owner')
  auditor = await signIn(lot, 'auditor')
})
afterEach(() => lot.control.close())

const call = (name: string, args: object, seat: string): Promise<ApiReply<unknown>> =>
  lot.control.session('owner').call(name, args, seat) as Promise<ApiReply<unknown>>
const dataOf = async <T>(reply: Promise<ApiReply<unknown>>): Promise<T> => {
  const found = await reply
  expect(found).toMatchObject({ ok: true })
  return (found as { data: T }).data
}
const day = (seat: string, args: object = {}) => dataOf<DayView>(call('day.get', args, seat))

const write = (agoMs: number, row: Omit<RowDraft, 'atMs'>): void =>
  void lot.ledger.append([{ ...row, atMs: startMs - agoMs } as RowDraft])
/** A stay that ended `agoMs` ago, paid in cash. */
function left(stayId: string, agoMs: number, amountFen: number): void {
  const of = { laneId: 'exit', stayId }
  const enteredAtMs = startMs - agoMs - hourMs
  lot.ledger.append([cameIn(stayId, enteredAtMs, { laneId: 'exit' })])
  const paid = { paymentId: `M-${stayId}`, means: 'cash', by: '', reason: '' } as const
  write(agoMs, { kind: 'payment', ...of, amountFen, body: paid } as never)
  const closed = { end: 'other', leftAtMs: startMs - agoMs } as const
  write(agoMs, { kind: 'stayClosed', ...of, body: closed } as never)
}
function counted(agoMs: number, by: string, countedFen: number): void {
  const uptoSeq = lot.ledger.list.length
  const drawer = { fromMs: startMs - agoMs - hourMs, beforeFen: 0, takenFen: countedFen }
  const body = { row: 'counted', ...drawer, countedFen, leftFen: 0, uptoSeq, by } as const
  write(agoMs, { kind: 'book', body } as never)
}
function item(itemId: string, agoMs: number, owning: string, stayId?: string): void {
  const sums = { day: isoOf(startMs - agoMs).slice(0, 10), means: 'etc', expectedFen: 0 } as const
  const stay = stayId === undefined ? {} : { stayId }
  const body = { row: 'item', itemId, owner: owning, kind: 'notInLedger', ref: itemId, ...stay }
  write(agoMs, { kind: 'book', body: { ...body, ...sums, foundFen: 900 } } as never)
}
/** Three shifts: the owner's, the attendant's, and the current one, which began an hour ago. */
function threeShifts(): void {
  left('n1-S1', 4 * hourMs, 1_000)
  counted(3 * hourMs, nameOf('owner'), 1_000)
  left('n1-S2', 2.5 * hourMs, 2_000)
  counted(hourMs, nameOf('attendant'), 2_000)
  left('n1-S3', hourMs / 2, 4_000)
}

describe('the page of the day', () => {
  it('holds the running shift and the own counted ones, and neither bills nor hours', async () => {
    threeShifts()
    const own = await day(attendant)
    expect(own).toMatchObject({
      isOwnShift: true,
      fromIso: isoOf(startMs - hourMs),
      takings: [{ means: 'cash', count: 1, amountFen: 4_000 }],
      shifts: [{ by: nameOf('attendant'), takenFen: 2_000 }],
      drawer: { takenFen: 4_000, neverCounted: null },
    })
    expect([own.hours, own.books]).toEqual([[], []])
    const before = await day(attendant, { shift: 0 })
    expect(before.takings).toMatchObject([{ means: 'cash', amountFen: 2_000 }])
    expect(await call('day.get', { shift: 1 }, attendant)).toMatchObject({
      error: { code: 'DAY-01' },
    })
    for (const seat of [owner, auditor]) {
      const all = await day(seat)
      expect(all).not.toHaveProperty('isOwnShift')
      expect(all.shifts.map(({ by }) => by)).toEqual([nameOf('owner'), nameOf('attendant')])
      expect(all.hours).not.toBe([])
    }
  })

  it('is of no other day', async () => {
    threeShifts()
    const today = isoOf(startMs).slice(0, 10)
    expect(await call('day.get', { day: '2026-01-01' }, attendant)).toMatchObject(otherShift)
    expect(await day(attendant, { day: today })).toMatchObject({ isOwnShift: true })
    expect(await call('day.get', { day: '2026-01-01' }, auditor)).toMatchObject({ ok: true })
  })

  it('goes back a day at most where nobody counts, and tells nothing of the months before', async () => {
    left('n1-S1', 25 * hourMs, 1_000)
    left('n1-S2', 23 * hourMs, 2_000)
    const own = await day(attendant)
    expect(own.takings).toMatchObject([{ count: 1, amountFen: 2_000 }])
    // The drawer holds the takings of both days; the person who closes the shift counts them all.
    expect(own.drawer).toMatchObject({ takenFen: 3_000, neverCounted: [] })
    counted(24.5 * hourMs, nameOf('owner'), 1_000)
    expect((await day(attendant)).takings).toMatchObject([{ count: 1, amountFen: 2_000 }])
  })

  it('is cashed up by the attendant, with the own PIN', async () => {
    threeShifts()
    const count = {
      countedFen: 4_000,
      leftFen: 0,
      commandId: 'count-0001',
      by: 'x',
      reason: '交班',
    }
    expect(await call('day.count', count, attendant)).toMatchObject({
      error: { code: 'PEOPLE-05' },
    })
    const { commandId } = count
    await call('people.confirm', { commandId, secret: secretOf('attendant') }, attendant)
    expect(await call('day.count', count, attendant)).toMatchObject({ ok: true })
    const { shifts } = await day(attendant)
    expect(shifts.map(({ takenFen }) => takenFen)).toEqual([2_000, 4_000])
  })
})

describe('records', () => {
  it('are looked for from the begin of the shift on, whatever is asked', async () => {
    threeShifts()
    const query = async (seat: string, from?: string) => {
      const asked = { kind: 'payment', ...(from === undefined ? {} : { from }) }
      const { sinceIso } = await dataOf<{ sinceIso?: string }>(call('ledger.query', asked, seat))
      return [(lot.service.asked.at(-1) as { fromMs?: number }).fromMs, sinceIso]
    }
    const shift = isoOf(startMs - hourMs)
    const later = isoOf(startMs - hourMs / 4)
    expect(await query(attendant)).toEqual([startMs - hourMs, shift])
    expect(await query(attendant, '2026-01-01T00:00:00Z')).toEqual([startMs - hourMs, shift])
    expect(await query(attendant, later)).toEqual([startMs - hourMs / 4, shift])
    expect(await query(auditor)).toEqual([undefined, undefined])
    expect(await query(owner, '2026-01-01T00:00:00Z')).toEqual([
      Date.parse('2026-01-01T00:00:00Z'),
      undefined,
    ])
  })

  const who = { by: 'x', reason: '核对' }
  const ofStay = (stayId: string) =>
    [
      ['ledger.timeline', { stayId }],
      ['pay.attempts', { stayId }],
      ['explain.file', { stayId, commandId: 'explain-0001', ...who }],
      ['receipt.give', { stayId }],
      ['receipt.print', { stayId }],
      ['receipt.pdf', { stayId }],
      ['receipt.saved', { stayId, isSaved: true }],
      ['receipt.end', { stayId, how: 'notWanted', commandId: 'receipt-0001', ...who }],
      [
        'pay.refund',
        { stayId, attemptNo: `M-${stayId}`, refundFen: 1, commandId: 'refund-0001', ...who },
      ],
      [
        'refunds.ask',
        { stayId, attemptNo: `M-${stayId}`, refundFen: 1, commandId: 'refund-0003', ...who },
      ],
    ] as const

  it.each(ofStay('n1-S1').map(([name]) => name))('%s of another shift is refused', async (name) => {
    threeShifts()
    carAtExit(lot)
    const codeOf = async (stayId: string, seat: string): Promise<string> => {
      const [, args] = ofStay(stayId).find(([one]) => one === name) ?? []
      const reply = await call(name, args ?? {}, seat)
      return reply.ok ? 'ok' : reply.error.code
    }
    const rows = lot.ledger.list.length
    for (const stayId of ['n1-S1', 'n1-S2', 'n1-S404'])
      expect(await codeOf(stayId, attendant), stayId).toBe('PEOPLE-16')
    expect(lot.ledger.list).toHaveLength(rows)
    // The stay that ended in this shift, and the car that stands at the exit.
    for (const stayId of ['n1-S3', 'n1-S900'])
      expect(await codeOf(stayId, attendant), stayId).not.toBe('PEOPLE-16')
    if (name === 'ledger.timeline') expect(await codeOf('n1-S1', auditor)).toBe('ok')
    expect(await codeOf('n1-S1', owner)).not.toBe('PEOPLE-16')
  })

  it('of a pass that was sold is no shift’s of the desk', async () => {
    const refund = { attemptNo: 'M1', refundFen: 1, commandId: 'refund-0002', ...who }
    expect(await call('pay.attempts', { passNo: 'P1' }, attendant)).toMatchObject(otherShift)
    expect(await call('pay.refund', refund, attendant)).toMatchObject(otherShift)
    expect(await call('refunds.ask', refund, attendant)).toMatchObject(otherShift)
    expect(await call('pay.attempts', { passNo: 'P1' }, owner)).toMatchObject({ ok: true })
  })
})

describe('items', () => {
  it('are the own ones, and of the shift those that are nobody’s; others end by nobody at the desk', async () => {
    item('etc-1', 4 * hourMs, '', 'n1-S1')
    item('etc-2', 4 * hourMs, nameOf('attendant'), 'n1-S2')
    item('etc-3', 4 * hourMs, nameOf('owner'), 'n1-S1')
    counted(hourMs, nameOf('owner'), 0)
    item('etc-4', hourMs / 2, '')
    item('etc-5', hourMs / 2, nameOf('owner'))
    const shown = async (seat: string) => (await day(seat)).items.map(({ itemId }) => itemId)
    expect(await shown(attendant)).toEqual(['etc-2', 'etc-4'])
    expect(await shown(auditor)).toHaveLength(5)
    let acts = 0
    const who = () => ({ by: 'x', reason: '核对', commandId: `item-000${++acts}` })
    const codesOf = async (itemId: string) => {
      const replies = [
        await call('day.own', { itemId, owner: nameOf('attendant'), ...who() }, attendant),
        await call('day.end', { itemId, how: 'found', evidence: '单 1', ...who() }, attendant),
        await call('day.writeOff', { itemId, ...who() }, attendant),
      ]
      return replies.map((reply) => (reply.ok ? 'ok' : reply.error.code))
    }
    for (const itemId of ['etc-1', 'etc-3', 'etc-5'])
      expect(await codesOf(itemId)).toEqual(['PEOPLE-16', 'PEOPLE-16', 'PEOPLE-16'])
    expect(await codesOf('etc-4')).toEqual(['ok', 'PEOPLE-05', 'PEOPLE-06'])
    // The stay of an item that the attendant owns may be read, however long ago it ended.
    left('n1-S2', 5 * hourMs, 900)
    const stay = { stayId: 'n1-S2' }
    expect(await call('ledger.timeline', stay, attendant)).toMatchObject({ ok: true })
    expect(await call('ledger.timeline', { stayId: 'n1-S1' }, attendant)).toMatchObject(otherShift)
  })
})

it('what waits for a second person is shown to who may do it', async () => {
  const out = { stayId: 'n1-S1', commandId: 'close-0001', by: 'x', reason: '核对' }
  const add = { name: '另一业主', role: 'owner', secret: 'staple battery' }
  await lot.control.session('owner').call('people.add', add)
  expect(await call('stays.close', out, owner)).toMatchObject({ error: { code: 'PEOPLE-06' } })
  const rowsOf = async (seat: string) =>
    (await dataOf<{ rows: unknown[] }>(call('people.requests', {}, seat))).rows
  expect(await rowsOf(owner)).toHaveLength(1)
  for (const seat of [attendant, auditor]) expect(await rowsOf(seat)).toEqual([])
})

it('what waits for its upload is listed as far as it is of the shift, and the rest is counted', async () => {
  counted(hourMs, nameOf('owner'), 0)
  const record = (outboxId: string, agoMs: number) =>
    [outboxId, { outboxId, atMs: startMs - agoMs, inFlight: null }] as const
  Object.assign(lot.runtime.queue, {
    records: new Map([record('U1', 2 * hourMs), record('U2', hourMs / 2)]),
    aside: new Map([record('U3', 3 * hourMs), record('U4', hourMs)]),
  })
  type List = { rows: { outboxId: string }[]; others?: number }
  const list = async (seat: string) => {
    const { rows, others } = await dataOf<List>(call('queue.list', {}, seat))
    return [rows.map(({ outboxId }) => outboxId), others]
  }
  expect(await list(attendant)).toEqual([['U2', 'U4'], 2])
  expect(await list(auditor)).toEqual([['U1', 'U2', 'U3', 'U4'], undefined])
})
