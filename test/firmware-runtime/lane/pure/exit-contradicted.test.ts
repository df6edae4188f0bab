// A debit that was booked as refused and is later reported as paid by the antenna: nothing is guessed, an open item with
// both facts waits for a person, and the car is not charged again automatically.
import { describe, expect, it } from 'vitest'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import {
  act,
  b5,
  b8,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  plateEvent,
  proofFor,
  timerEvent,
} from './lane-bench.ts'
import { arriving } from './effects-kit.ts'

const first = 'gx1-O2.D1'
const refs = { deductionId: first, orderId: 'gx1-O2', stayId: 'gx1-S1', laneId: 'exit' }

/** C6, no B5, and the card shows no debit: refused by this evidence; the search resumes five seconds later. */
function refused(): LaneBench {
  const bench = new LaneBench().entered().give(...arriving, cardReadEvent(), b5('unknown'))
  bench.nowMs += 5_000
  bench.give(cardReadEvent())
  expect(bench.lot.deductions.get(first)).toMatchObject({
    state: 'refused',
    reason: 'cardUnchanged',
  })
  expect(bench.state.name).toBe('searching')
  bench.done()
  return bench
}
const items = (bench: LaneBench): unknown[] => [...bench.lot.notUploaded.values()]
const facts = 'refused: cardUnchanged; paid: b5 TAC A1B2C3D4 20261120143000 9500'

describe('paid after it was refused', () => {
  it('is an open item with both facts, its money at risk, and no second C6', () => {
    const bench = refused()
    bench.give(b5('paid'))
    expect(bench.faults.at(-2)).toBe('paidAfterRefused')
    const audit = bench.rows.find((row) => row.kind === 'audit')
    expect(audit).toMatchObject({
      ...refs,
      amountFen: 500,
      body: { act: `charges.contradicted ${first}`, by: 'etc-lane', role: 'system', reason: facts },
    })
    const card = cardReadEvent()
    const cardNo = card.type === 'cardRead' ? card.card.cardNo : ''
    const item = { ...refs, cardNo, amountFen: 500, reason: 'contradicted', detail: facts }
    expect(items(bench)).toMatchObject([item])
    expect([bench.state.name, bench.state.car?.manual]).toEqual(['manual', 'outcomeUnknown'])
    const c6 = bench.log.filter((word) => word === 'debit').length
    bench.give(cardReadEvent({ balanceFen: 9500 }))
    expect(bench.log.filter((word) => word === 'debit')).toHaveLength(c6)
    // A repeated B5 is recorded once.
    bench.give(b5('paid'))
    expect(bench.rows.filter((row) => row.kind === 'audit')).toHaveLength(1)
    expect(bench.rows.filter((row) => row.kind === 'payment')).toEqual([])
    bench.append([
      {
        kind: 'audit',
        atMs: bench.nowMs,
        deductionId: first,
        body: {
          act: `charges.settle ${first} booked`,
          by: 'Li',
          role: 'admin',
          reason: 'claimed',
          commandId: 'c9',
          result: 'done',
        },
      },
    ])
    expect(items(bench)).toEqual([])
  })

  it('beside the second C6 of its car leaves that one to its own result', () => {
    const bench = refused()
    bench.give(cardReadEvent(), b5('paid'))
    expect(items(bench)).toMatchObject([{ deductionId: first, reason: 'contradicted' }])
    expect(bench.state.name).toBe('debiting')
    bench.give(b5('paid', { ...proofFor(9500), timeBcd: '20261120143005' }))
    expect(bench.state.name).toBe('opening')
    expect(bench.rows.filter((row) => row.kind === 'payment')).toHaveLength(1)
    // A repeat of the paid B5 does not contradict the other debit.
    bench.give(b5('paid', { ...proofFor(9500), timeBcd: '20261120143005' }))
    expect(bench.rows.filter((row) => row.kind === 'audit')).toHaveLength(1)
  })

  it('is named after its car paid cash and left, and after a restart of the antenna', () => {
    const bench = refused()
    bench.give(loop('arrive', 'off'))
    bench.give({
      type: 'orphanResult',
      obuId,
      money: 'paid',
      code: 0,
      proof: proofFor(9500),
    } as never)
    expect(items(bench)).toMatchObject([{ ...refs, reason: 'contradicted', detail: facts }])
  })

  it('by a fetched proof, which tells no time, is of the last C6 of its OBU', () => {
    const bench = refused()
    const timelessProof = { ...proofFor(9500), timeBcd: null }
    bench.give(b8('paid', timelessProof))
    expect(items(bench)).toMatchObject([
      { detail: facts.replace('b5', 'proof').replace('20261120143000', '-') },
    ])
    const other = refused()
    other.give(cardReadEvent(), b8('paid', timelessProof))
    expect(
      items(other).filter((one) => (one as { reason: string }).reason === 'contradicted'),
    ).toEqual([])
  })

  it('is not said of another OBU, of a result that does not fit, or of one at another time', () => {
    const bench = refused()
    bench.give({ ...b5('paid'), obuId: '0E0E0E0E' } as never)
    bench.give(b5('paid', proofFor(9000)))
    bench.give(b5('paid', { ...proofFor(9500), timeBcd: '20261120143001' }))
    bench.give(b5('unpaid'))
    expect(items(bench)).toEqual([])
    expect(bench.state.name).toBe('searching')
  })
})

/** What a start makes of this ledger: the rows folded anew, and a lane that has met no car yet. */
function restarted(bench: LaneBench): LaneBench {
  const lot = emptyLot()
  for (const row of bench.rows) foldRow(lot, row)
  const next = new LaneBench({ lot, rows: bench.rows })
  next.nowMs = bench.nowMs
  return next
}
const debits = (bench: LaneBench): number => bench.log.filter((word) => word === 'debit').length
const isAPersons = (bench: LaneBench): void => {
  expect([bench.state.name, bench.state.car?.manual]).toEqual(['manual', 'outcomeUnknown'])
  bench.give(cardReadEvent(), timerEvent('retry'), cardReadEvent())
  expect(debits(bench)).toBe(0)
}
const minuteMs = 60_000

describe('the car of a contradicted debit is not charged by itself', () => {
  const named = (): LaneBench => {
    const bench = refused().give(b5('paid'))
    bench.done()
    return bench
  }
  it.each<[string, () => LaneBench]>([
    ['after a restart', () => restarted(named())],
    ['after it went back in', () => named().give(loop('arrive', 'off'))],
    [
      'after it went back in and a person ended its item',
      () => {
        const bench = named().give(loop('arrive', 'off'))
        const body = { act: `charges.settle ${first} booked`, by: 'Li', role: 'admin' } as const
        const more = { reason: 'claimed', commandId: 'c9', result: 'done' } as const
        bench.append([
          { kind: 'audit', atMs: bench.nowMs, deductionId: first, body: { ...body, ...more } },
        ])
        return restarted(bench)
      },
    ],
  ])('%s, whose price is another by then', (_name, make) => {
    const bench = make()
    bench.nowMs += 60 * minuteMs
    bench.give(...arriving)
    expect(bench.rows.filter((row) => row.kind === 'orderMade')).toHaveLength(2)
    isAPersons(bench)
    cash(bench)
  })
  it.each([
    ['refused by its result', [b5('unpaid')]],
    ['looked into, and its card shows no debit', [b5('unknown'), cardReadEvent()]],
  ])('when the C6 after it was %s', (_name, result) => {
    const bench = refused().give(cardReadEvent(), b5('paid'))
    expect([bench.state.name, debits(bench)]).toEqual(['debiting', 1])
    bench.done()
    bench.nowMs += 5_000
    bench.give(...result)
    isAPersons(bench)
  })
  it('where the result is told of an order of before, while a later one is being tried', () => {
    const bench = restarted(refused().give(loop('arrive', 'off')))
    bench.nowMs += 60 * minuteMs
    bench.give(...arriving)
    expect([bench.state.name, bench.state.car?.orderId]).toEqual(['searching', 'gx1-O3'])
    bench.give({ ...b5('paid'), type: 'orphanResult' } as never)
    expect(items(bench)).toMatchObject([{ ...refs, reason: 'contradicted' }])
    isAPersons(bench)
  })
})

/** The driver pays cash and leaves. */
function cash(bench: LaneBench): LaneBench {
  bench.give({ type: 'settle', means: 'cash', amountFen: 500, act: act() })
  expect(bench.state.name).toBe('opening')
  const passId = bench.state.car?.pass?.passId ?? ''
  return bench.give(loop('under', 'on'), loop('arrive', 'off'), { type: 'passed', passId })
}

describe('a refused debit of which nobody has said anything yet', () => {
  /** Forty other cars are refused in the same way, one per minute, pay cash and leave. */
  function others(bench: LaneBench): void {
    for (let n = 0; n < 40; n++) {
      const of = `测C${String(10_000 + n)}`
      const other = (0x0f00_0000 + n).toString(16).toUpperCase()
      bench.nowMs += minuteMs
      const read = { plate: of, obuId: other }
      bench.entered(70, of).give(loop('arrive', 'on'), plateEvent(of), cardReadEvent(read))
      bench.give({ ...b5('unpaid'), obuId: other } as never)
      cash(bench)
    }
  }
  const orphan = (bench: LaneBench): unknown[] => {
    bench.give({ ...b5('paid'), type: 'orphanResult' } as never)
    return items(bench)
  }
  const left = (bench: LaneBench): LaneBench => cash(bench.give(timerEvent('obu')))
  it('is known behind forty others, also after a restart', () => {
    const bench = left(refused())
    others(bench)
    expect(bench.lot.stays.size).toBe(0)
    expect(orphan(restarted(bench))).toMatchObject([{ ...refs, reason: 'contradicted' }])
  })
  it('is known as long as its car is inside', () => {
    const bench = refused().give(loop('arrive', 'off'))
    bench.nowMs += 30 * 86_400_000
    others(bench)
    expect(orphan(bench)).toMatchObject([{ ...refs, reason: 'contradicted' }])
  })
  it('is forgotten a day after, its car gone', () => {
    const bench = left(refused())
    bench.nowMs += 86_400_000 - 30 * minuteMs
    others(bench)
    expect(bench.lot.refusedDebits.size).toBe(40)
    expect(orphan(bench)).toEqual([])
  })
})
