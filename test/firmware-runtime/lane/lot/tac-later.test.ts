// A debit proven by the card and booked as paid without a TAC, whose TAC comes later: in the lane, after the car, behind
// another car, after a restart. It is recorded and uploaded once.
import { describe, expect, it } from 'vitest'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { emptyFolded, foldInto } from '#ledger/pure/fold/folded.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  act,
  b5,
  b8,
  cardReadEvent,
  loop,
  plate,
  plateEvent,
  proofFor,
} from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { FirstCarLot } from '../../runtime/control/first-car-bench.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

type Result = Extract<RsuEvent, { type: 'debitResult' }>
type Told = Partial<Result['proof']>

function arrives(lot: FirstCarLot, stayId: string, of: string): void {
  const enteredAtMs = startMs - 70 * 60_000
  lot.runtime.append([cameIn(stayId, enteredAtMs, { plate: of })])
  lot.give(loop('arrive', 'on'), plateEvent(of))
}

/** A car whose B5 was lost; the card, read again, shows the debit. `result` is the lost B5. */
function shown(cardType: 22 | 23 = 22, of: { readonly expireDate?: string } = {}) {
  const lot = new FirstCarLot('card')
  arrives(lot, 'n1-S1', plate)
  const card = { cardType, ...of }
  lot.give(cardReadEvent({ balanceFen: 10_000, card }))
  const { writeHex = '', timeBcd = null } = lot.rows('armed')[0]?.body ?? {}
  lot.give({ ...(b5('unknown') as Result), code: -1 })
  const balanceFen = cardType === 22 ? 9_500 : 10_000
  lot.give(cardReadEvent({ balanceFen, station0019Hex: writeHex, card }))
  const result = (over: Told = {}): Result => {
    const proof = { ...proofFor(balanceFen), timeBcd, ...over }
    return b5('paid', proof) as Result
  }
  return { lot, result }
}

const uploads = (lot: FirstCarLot) =>
  lot.rows('outbox').filter(({ body }) => body.op === 'exitUpload')

function judged(lot: FirstCarLot): readonly string[] {
  const { runtime } = lot
  const debit = { amountFen: 500, psamSerial: 42, tac: 'A1B2C3D4' }
  const cardNo = lot.rows('armed')[0]?.body.cardNo ?? ''
  const outside = { cardDebits: [{ cardNo, ...debit }] }
  const live = { exposureFen: exposureFen(runtime.queue, runtime.lot), healed: false }
  return violationsOf(lot.ledger.list, outside, live).map(({ detail }) => detail)
}

/** Booked once, recorded with its TAC, uploaded once, and no longer at risk once the platform has it. */
function expectUploaded(lot: FirstCarLot): void {
  expect(lot.rows('payment')).toHaveLength(1)
  expect(lot.rows('outcome').at(-1)).toMatchObject({
    amountFen: 500,
    body: { state: 'paid', reason: 'tacTold', proof: { tac: 'A1B2C3D4' } },
  })
  const [upload, ...more] = uploads(lot)
  expect(more).toEqual([])
  const record = JSON.parse(upload?.body.body ?? '{}') as Record<string, unknown>
  expect(record).toMatchObject({ tac: 'A1B2C3D4', realFee: 500 })
  expect([lot.runtime.lot.notUploaded.size, judged(lot)]).toEqual([0, []])
  lot.later()
  expect([lot.platform.charges.size, exposureFen(lot.runtime.queue, lot.runtime.lot)]).toEqual([
    1, 0,
  ])
}

describe('the TAC of a debit that the card has shown', () => {
  it.each([22, 23] as const)('comes while the car still drives out (card type %i)', (cardType) => {
    const { lot, result } = shown(cardType)
    expect([lot.opens.length, lot.runtime.lot.notUploaded.size, judged(lot)]).toEqual([1, 1, []])
    lot.give(result())
    expectUploaded(lot)
    lot.leave()
    expect(judged(lot)).toEqual([])
  })

  it('comes when the car is gone, as B5 or as B8, twice, and the lot starts again between', () => {
    const { lot, result } = shown()
    lot.leave()
    const proof = { ...result().proof, balanceAfterFen: null }
    for (const later of [result(), b8('paid', proof)]) {
      const one = new FirstCarLot('card', lot.ledger.list)
      one.give(later, later)
      expectUploaded(one)
      const source = later.type === 'proofResult' ? 'proof' : 'b5'
      expect(one.rows('outcome').at(-1)).toMatchObject({ body: { source } })
      const again = new FirstCarLot('card', one.ledger.list)
      again.give(later)
      expect([uploads(again).length, judged(again)]).toEqual([1, []])
      expect(again.rows('outcome')).toHaveLength(one.rows('outcome').length)
    }
  })

  it('comes after a restart, when no driver knows its C6: the time inside it says whose it is', () => {
    const { lot, result } = shown()
    lot.leave()
    const orphan = (over: Told = {}) => ({ ...result(over), type: 'orphanResult' }) as const
    const restarted = new FirstCarLot('card', lot.ledger.list)
    restarted.give(orphan({ timeBcd: '20261120143001' }), orphan({ timeBcd: null }))
    restarted.give({ ...orphan(), money: 'unknown' }, { ...orphan(), obuId: '01020304' })
    expect([uploads(restarted).length, restarted.runtime.lot.notUploaded.size]).toEqual([0, 1])
    restarted.give(orphan())
    expectUploaded(restarted)
  })

  it('comes while the next car is charged, and each has its own', () => {
    const { lot, result } = shown()
    lot.leave()
    const other = '桂B54321'
    arrives(lot, 'n1-S2', other)
    const obuId = '0C0C0C0C'
    const read = cardReadEvent({ plate: other, obuId, balanceFen: 8_000 })
    lot.give({ ...read, card: { ...read.card, cardNo: '45010000000000007777' } })
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('debiting')
    lot.give(result())
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('debiting')
    expect([uploads(lot).length, lot.runtime.lot.notUploaded.size]).toEqual([1, 0])
    const timeBcd = lot.rows('armed')[1]?.body.timeBcd ?? null
    const next = { ...proofFor(7_500), tac: 'B1B2C3D4', cardSerial: 3, psamSerial: 43, timeBcd }
    lot.give({ ...(b5('paid', next) as Result), obuId })
    expect([uploads(lot).length, lot.opens.length]).toEqual([2, 2])
  })

  it('is not taken from a result that does not fit the purse, nor where a person has booked it', () => {
    const { lot, result } = shown()
    lot.give(result({ balanceAfterFen: 9_000 }), result({ tac: null }))
    expect([uploads(lot).length, lot.rows('outcome').length]).toEqual([0, 2])
    const [item] = lot.runtime.lot.notUploaded.values()
    const { deductionId = '' } = item ?? {}
    const body = { act: `charges.settle ${deductionId} booked`, by: '会计', role: 'owner' }
    const audit = { ...body, reason: '已入账', commandId: 'command-1', result: 'done' }
    lot.runtime.append([{ kind: 'audit', atMs: startMs, deductionId, body: audit }])
    lot.give(result())
    expect([uploads(lot).length, judged(lot)]).toEqual([0, []])
  })
})

it('a TAC whose record cannot be written is recorded once, and stays an open item', () => {
  const { lot, result } = shown(22, { expireDate: '' })
  lot.give(result(), result())
  expect(lot.rows('outcome').filter(({ body }) => body.reason === 'tacTold')).toHaveLength(1)
  expect([...lot.runtime.lot.notUploaded.values()]).toMatchObject([
    { reason: 'notEncoded', tac: 'A1B2C3D4', amountFen: 500 },
  ])
  expect([uploads(lot).length, judged(lot)]).toEqual([0, []])
})

it('a result that comes behind the next car books the unknown debit of the one before', () => {
  const lot = new FirstCarLot('card')
  arrives(lot, 'n1-S1', plate)
  lot.give(cardReadEvent({ balanceFen: 10_000 }))
  const timeBcd = lot.rows('armed')[0]?.body.timeBcd ?? null
  lot.give({ type: 'openByHand', act: act('open-1') })
  lot.leave()
  arrives(lot, 'n1-S2', '桂B54321')
  const read = cardReadEvent({ plate: '桂B54321', obuId: '0C0C0C0C', balanceFen: 8_000 })
  lot.give({ ...read, card: { ...read.card, cardNo: '45010000000000007777' } })
  lot.give(b5('paid', { ...proofFor(9_500), timeBcd }))
  expect(lot.rows('outcome').at(-1)).toMatchObject({ stayId: 'n1-S1', body: { state: 'paid' } })
  expect([uploads(lot).length, lot.runtime.lanes.get('exit')?.state.name]).toEqual([1, 'debiting'])
})

describe('a TAC whose time nobody told', () => {
  const lotWithRequest = () => {
    const lot = new FirstCarLot('card')
    arrives(lot, 'n1-S1', plate)
    lot.give(cardReadEvent({ balanceFen: 10_000 }))
    return lot
  }
  const untimed = { ...proofFor(9_500), timeBcd: null }

  it.each(['B5', 'B8'] as const)('%s: has the time of its C6, and is uploaded', (kind) => {
    const lot = lotWithRequest()
    if (kind === 'B8') lot.give({ ...(b5('unknown') as Result), code: -1 })
    lot.give(kind === 'B5' ? b5('paid', untimed) : b8('paid', untimed))
    expect([uploads(lot).length, lot.runtime.lot.notUploaded.size]).toEqual([1, 0])
    const timeBcd = lot.rows('armed')[0]?.body.timeBcd
    expect(lot.rows('outcome').at(-1)?.body.proof).toMatchObject({ tac: 'A1B2C3D4', timeBcd })
  })

  it('late, from an antenna that a restart has made forget its C6', () => {
    const lot = new FirstCarLot('card', lotWithRequest().ledger.list)
    lot.give(b8('paid', untimed))
    expect([uploads(lot).length, lot.runtime.lot.notUploaded.size]).toEqual([1, 0])
  })
})

describe('what a card owes while its upload waits', () => {
  const pending = (lot: FirstCarLot, rows: readonly LedgerRow[]): readonly number[] => {
    const state = emptyFolded(noRows)
    for (const row of rows) foldInto(state, row, 0)
    const { cardNo = '' } = lot.rows('armed')[0]?.body ?? {}
    return [state.queue.records.uploads, state.queue.records.uploadFenOf(cardNo)]
  }
  /** As an older version wrote it: with the card only in the frozen body. */
  const before = (row: LedgerRow): LedgerRow => {
    if (row.kind !== 'outbox') return row
    const { cardNo: _, ...body } = row.body
    return { ...row, body }
  }

  it.each([
    ['in the lane', () => {}],
    ['of a car that has left', (lot: FirstCarLot) => lot.leave()],
  ])('%s is known by its row, and of a row of before by its charge', (_name, first) => {
    const { lot, result } = shown()
    first(lot)
    lot.give(result())
    const rows = lot.ledger.list.filter(({ kind }) => kind !== 'outboxState')
    expect(uploads(lot).map(({ body }) => body.cardNo?.length)).toEqual([20])
    expect(pending(lot, rows)).toEqual([1, 500])
    expect(pending(lot, rows.map(before))).toEqual([1, 500])
  })
})
