// Money that a card paid always ends in an upload, or in an open item that people see and close.
// The lot's runtime with its own encoder; the test answers for antenna and platform.
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import { describe, expect, it } from 'vitest'
import { queueStatus } from '#base/desk/handlers/board.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlStays } from '#lane/desk/handlers/control-stays.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { b5, cardReadEvent, loop, plate, plateEvent, proofFor } from '../../lane/pure/lane-bench.ts'
import { startMs } from './control-kit.ts'
import { FirstCarLot, Platform } from './first-car-bench.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

/** Balances captured from a credit card (rsu-interface.md 4.2): they fall by the amount taken, but are no money. */
const captured = { before: 0xfa0a1e33, after: 0xfa0a1dcf }

interface Read {
  readonly cardType: 22 | 23
  readonly before: number
  readonly after: number | null
  readonly cardExpire?: string
}

/** A car inside for 70 minutes whose card was sent C6, and the result that the card gives. */
function debitedLot({ cardType, before, after, cardExpire }: Read, platform = new Platform()) {
  const lot = new FirstCarLot('card', [], platform)
  const enteredAtMs = startMs - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.give(loop('arrive', 'on'), plateEvent(plate))
  const card = { cardType, ...(cardExpire === undefined ? {} : { expireDate: cardExpire }) }
  lot.give(cardReadEvent({ balanceFen: before, card }))
  const armed = lot.rows('armed')[0]
  const timeBcd = armed?.body.timeBcd ?? null
  const result = b5('paid', { ...proofFor(0), balanceAfterFen: after, timeBcd })
  return { lot, result }
}

/** Such a car, debited by its card and gone. */
function debited(read: Read, platform = new Platform()): FirstCarLot {
  const { lot, result } = debitedLot(read, platform)
  lot.give(result)
  lot.leave()
  return lot
}

const uploads = (lot: FirstCarLot) =>
  lot.rows('outbox').filter(({ body }) => body.op === 'exitUpload')
const exposure = ({ runtime }: FirstCarLot) => exposureFen(runtime.queue, runtime.lot)

function judged(lot: FirstCarLot): readonly string[] {
  const live = { exposureFen: exposure(lot), healed: false }
  return violationsOf(lot.ledger.list, {}, live).map(({ detail }) => detail)
}

const noService = {
  exitsWithoutEntry: () => Promise.resolve([]),
  refundsByHand: () => Promise.resolve([]),
  timeline: () => Promise.resolve([]),
}
const staysOf = ({ runtime, clock }: FirstCarLot) =>
  new ControlStays({
    runtime,
    acts: new ControlActs(runtime, clock),
    service: noService,
    drawer: () => noDrawer,
    afterDays: 3,
    config: { lanes: [] },
  })

describe('the balance of a credit card', () => {
  it.each([
    [captured.before, captured.after],
    [0xffff_ffff, 0],
    [fenMax + 1, fenMax - 499],
    [0, null],
  ])('of %i and %s after is uploaded as it is', (before, after) => {
    const lot = debited({ cardType: 23, before, after })
    expect(lot.rows('payment')).toHaveLength(1)
    const [upload] = uploads(lot)
    expect(JSON.parse(upload?.body.body ?? '{}')).toMatchObject({
      preBalance: before,
      postBalance: after ?? before,
    })
    expect(lot.runtime.lot.notUploaded.size).toBe(0)
    expect(judged(lot)).toEqual([])
    lot.later()
    expect([lot.platform.charges.size, exposure(lot), judged(lot)]).toEqual([1, 0, []])
  })
})

describe('a record that cannot be written', () => {
  // A card without an expiry date passes as valid, but a record needs the date.
  const poisoned = () => debited({ cardType: 22, before: 10_000, after: 9_500, cardExpire: '' })

  it('is an open item with its money, never a word in a log alone', async () => {
    const lot = poisoned()
    expect([lot.rows('payment').length, uploads(lot).length]).toEqual([1, 0])
    expect(exposure(lot)).toBe(500)
    expect(queueStatus(lot.runtime, startMs)).toMatchObject({ poison: 1, exposureFen: 500 })
    const { notUploaded } = await staysOf(lot).toCheck({})
    expect(notUploaded).toMatchObject([
      { amountFen: 500, stayId: 'n1-S1', reason: 'notEncoded', detail: 'UPLOAD-01 /cardExpire ' },
    ])
    expect(judged(lot)).toEqual([])
    lot.later()
    expect(exposure(lot)).toBe(500)
    const again = new FirstCarLot('card', lot.ledger.list)
    expect([exposure(again), again.runtime.lot.notUploaded.size]).toEqual([500, 1])
  })

  it('ends by a person who says how, once', () => {
    const lot = poisoned()
    const [item] = lot.runtime.lot.notUploaded.values()
    const deductionId = item?.deductionId ?? ''
    const who = { by: '会计', reason: '清分方已手工入账', commandId: 'command-booked' }
    const args = { ...who, deductionId, found: 'booked' as const }
    expect(staysOf(lot).settle(args, 'owner')).toMatchObject({ repeated: false })
    expect(lot.ledger.list.at(-1)).toMatchObject({
      kind: 'audit',
      deductionId,
      body: { by: '会计' },
    })
    expect([exposure(lot), judged(lot)]).toEqual([0, []])
    for (const next of [lot, new FirstCarLot('card', lot.ledger.list)]) {
      expect([exposure(next), judged(next)]).toEqual([0, []])
      expect(staysOf(next).settle(args, 'owner')).toMatchObject({ repeated: true })
      const anew = { ...args, commandId: 'command-booked-2' }
      expect(() => staysOf(next).settle(anew, 'owner')).toThrow(LaneFault)
    }
  })
})

it('an upload that the platform refuses for good stays at risk until a person ends it', async () => {
  const platform = new Platform()
  platform.chargeVerdict = { kind: 'refused', reason: 'badTac' }
  const lot = debited({ cardType: 22, before: 10_000, after: 9_500 }, platform)
  lot.later()
  expect([lot.runtime.queue.records.size, exposure(lot), judged(lot)]).toEqual([0, 500, []])
  const { notUploaded } = await staysOf(lot).toCheck({})
  expect(notUploaded).toMatchObject([{ amountFen: 500, reason: 'rejected', detail: 'badTac' }])
  const deductionId = notUploaded[0]?.deductionId ?? ''
  const who = { by: '会计', reason: '对账已处理', commandId: 'command-refused' }
  staysOf(lot).settle({ ...who, deductionId, found: 'booked' }, 'owner')
  const next = new FirstCarLot('card', lot.ledger.list)
  for (const one of [lot, next]) expect([exposure(one), judged(one)]).toEqual([0, []])
})

describe('a result with its TAC that comes when the car has gone', () => {
  const read = { cardType: 22, before: 10_000, after: 9_500 } as const

  it('is uploaded as it would have been, and nothing is left to people', () => {
    const { lot, result } = debitedLot(read)
    const act = {
      by: '值班员',
      role: 'attendant',
      reason: '放行',
      commandId: 'command-open',
    } as const
    lot.give({ type: 'openByHand', act })
    lot.leave()
    expect(lot.rows('outcome').at(-1)?.body.state).toBe('unknown')
    const restarted = new FirstCarLot('card', debitedLot(read).lot.ledger.list)
    for (const one of [lot, restarted]) {
      one.give(result)
      const [born] = uploads(debited(read))
      const [late] = uploads(one)
      const known = (text = '{}') => ({ ...(JSON.parse(text) as object), offline: true })
      const numbers = { outTradeNo: '', exTime: '', transTime: '', enTime: '' }
      expect({ ...known(late?.body.body), ...numbers }).toEqual({
        ...known(born?.body.body),
        ...numbers,
      })
      expect(one.rows('exception').filter(({ body }) => body.reason === 'noTac')).toEqual([])
      expect([one.runtime.lot.notUploaded.size, judged(one)]).toEqual([0, []])
      one.later()
      expect([one.platform.charges.size, exposure(one)]).toEqual([1, 0])
    }
  })

  it('is uploaded by a start where an earlier program named it without a TAC', () => {
    const { lot, result } = debitedLot(read)
    lot.give(result)
    const named = lot.ledger.list.map((row): LedgerRow => {
      if (row.kind !== 'outbox' || row.body.op !== 'exitUpload') return row
      const { amountFen: _, ...of } = row
      const body = { exceptionType: 10, reason: 'noTac', detail: proofFor(0).tac ?? '' }
      return { ...of, kind: 'exception', body }
    })
    const again = new FirstCarLot('card', named)
    expect([uploads(again).length, again.runtime.lot.notUploaded.size]).toEqual([1, 0])
    again.later()
    expect([again.platform.charges.size, exposure(again), judged(again)]).toEqual([1, 0, []])
  })
})

describe('a start', () => {
  /** The rows of a paid charge from a lot that wrote no upload row; `unit`: with the RSU's data in `armed`. */
  const without = (rows: readonly LedgerRow[], unit: boolean): LedgerRow[] =>
    rows
      .filter(({ kind }) => kind !== 'outbox' && kind !== 'outboxState')
      .map((row, i) => {
        if (row.kind !== 'armed' || unit) return { ...row, seq: i + 1 }
        const { unit: _, ...body } = row.body
        return { ...row, body, seq: i + 1 }
      })
  const paid = () => debited({ cardType: 23, ...captured })

  it('makes the upload that a paid row has not got, as it would have been, with an audit row', () => {
    const first = paid()
    const [born] = uploads(first)
    const lot = new FirstCarLot('card', without(first.ledger.list, true))
    const [made] = uploads(lot)
    const bodyOf = (text = '{}') => ({ ...(JSON.parse(text) as object), offline: true })
    expect(bodyOf(made?.body.body)).toEqual(bodyOf(born?.body.body))
    expect(lot.rows('audit').at(-1)?.body).toMatchObject({ by: 'etc-lane', result: 'made' })
    expect([lot.runtime.lot.notUploaded.size, judged(lot)]).toEqual([0, []])
    lot.later()
    expect([lot.platform.charges.size, exposure(lot)]).toEqual([1, 0])
    const again = new FirstCarLot('card', lot.ledger.list)
    expect(again.rows('audit')).toHaveLength(lot.rows('audit').length)
  })

  it('names what the ledger does not tell enough of, once', () => {
    const lot = new FirstCarLot('card', without(paid().ledger.list, false))
    expect([uploads(lot).length, exposure(lot), judged(lot)]).toEqual([0, 500, []])
    expect(lot.rows('audit').at(-1)?.body).toMatchObject({ by: 'etc-lane', result: 'named' })
    const again = new FirstCarLot('card', lot.ledger.list)
    expect(again.rows('exception')).toHaveLength(lot.rows('exception').length)
  })
})
