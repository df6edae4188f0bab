// A debit that was booked as refused and of which the antenna then says that it was paid: nothing is guessed,
// an open item with both facts waits for a person, and nothing charges that car again by itself.
import { describe, expect, it } from 'vitest'
import { b5, b8, cardReadEvent, LaneBench, loop, obuId, proofFor } from './lane-bench.ts'
import { arriving } from './told-kit.ts'

const first = 'gx1-O2.D1'
const refs = { deductionId: first, orderId: 'gx1-O2', stayId: 'gx1-S1', laneId: 'exit' }

/** C6, no B5, and the card shows no debit: refused by evidence, and searched for again five seconds later. */
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
    const audit = bench.rows.find((row) => row.kind === 'audit')
    expect(audit).toMatchObject({
      ...{ ...refs, amountFen: 500 },
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
    // It is told once, however often it is said.
    bench.give(b5('paid'))
    expect(bench.rows.filter((row) => row.kind === 'audit')).toHaveLength(1)
    expect(bench.rows.filter((row) => row.kind === 'payment')).toEqual([])
    bench.append([
      {
        kind: 'audit',
        ...{ atMs: bench.nowMs, deductionId: first },
        body: {
          ...{ act: `charges.settle ${first} booked`, by: 'Li', role: 'admin', reason: 'claimed' },
          ...{ commandId: 'c9', result: 'done' },
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
    // A paid one that is said again is no contradiction of the other.
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
    const told = { ...proofFor(9500), timeBcd: null }
    bench.give(b8('paid', told))
    expect(items(bench)).toMatchObject([
      { detail: facts.replace('b5', 'proof').replace('20261120143000', '-') },
    ])
    const other = refused()
    other.give(cardReadEvent(), b8('paid', told))
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
