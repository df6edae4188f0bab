// Results that arrive when the lane has moved on: what they book, what they upload, and what they only report. Those that
// do not fit their C6 are in exit-doubt.test.ts.
import { describe, expect, it } from 'vitest'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  b5,
  b8,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  proofFor,
  startMs,
  type BenchOptions,
} from './lane-bench.ts'
import { arriving, b5Paid, byHand, lost, lostAgain, rsuUp, effectNames } from './effects-kit.ts'

/** A bench that lists the facts of the requested records. */
class LedgerBench extends LaneBench {
  get uploads(): ChargeFacts[] {
    return this.freezes.flatMap((row) => (row.op === 'refund' ? [] : [row.facts]))
  }
}
const bench = (options: BenchOptions = {}, ...events: readonly LaneEvent[]): LedgerBench => {
  const made = new LedgerBench(options).entered().give(...events)
  made.done()
  effectNames(made)
  return made
}
const gone = (options: BenchOptions = {}): LedgerBench =>
  bench(options, ...lost, loop('arrive', 'off'))
const proof = proofFor(9500)
const from = (event: LaneEvent, other: string): LaneEvent => ({ ...event, obuId: other }) as never
const refs = { stayId: 'gx1-S1', orderId: 'gx1-O2', deductionId: 'gx1-O2.D1' }
const noTac = (of: LaneBench): unknown[] =>
  of.rows.flatMap((row) => {
    if (row.kind !== 'exception' || row.body.reason !== 'noTac') return []
    const { atMs, laneId, stayId, orderId, deductionId, body } = row
    return [{ atMs, laneId, stayId, orderId, deductionId, detail: body.detail }]
  })

describe('of a car with two debits in doubt', () => {
  const letGo = [byHand, loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off')]
  const twice = (): LedgerBench => {
    const of = bench({}, ...lost, ...letGo)
    of.give({ type: 'passed', passId: of.state.car?.pass?.passId ?? '' })
    of.nowMs += 7_200_000
    of.entered().give(...lostAgain, ...letGo)
    of.done()
    return of
  }
  const timeOf = (of: LaneBench, n: number): string | null => {
    const armed = of.rows.flatMap((row) => (row.kind === 'armed' ? [row.body.timeBcd] : []))
    return armed[n] ?? null
  }
  const booked = (of: LaneBench): unknown[] =>
    of.rows.flatMap((row) =>
      row.kind === 'outcome' && row.body.state === 'paid' ? [row.deductionId] : [],
    )

  it.each([0, 1])('a result books the one whose time it tells: %i', (n) => {
    const of = twice()
    const armedIds = of.rows.flatMap((row) => (row.kind === 'armed' ? [row.deductionId] : []))
    expect([armedIds.length, new Set(armedIds).size, of.lot.unsettled.size]).toEqual([2, 2, 2])
    of.give(b5('paid', { ...proof, timeBcd: timeOf(of, n) }))
    expect(booked(of)).toEqual([armedIds[n]])
  })
  it('a result without a time is of the last one', () => {
    const of = twice().give(b5('paid', { ...proof, timeBcd: null }))
    expect(booked(of)).toEqual([of.rows.findLast((row) => row.kind === 'armed')?.deductionId])
  })
})

describe('of a car that is gone', () => {
  it('a paid one with its TAC is uploaded, and the antenna has no car to let go', () => {
    const of = gone().give(b5Paid)
    expect(effectNames(of)).toEqual(['lateCharge gx1-O2.D1 paid paid'])
    expect(of.done()).toEqual(['+outcome paid b5 paid', '+payment etc 500', '+outbox exitUpload'])
    expect(of.uploads).toMatchObject([{ ...refs, amountFen: 500, proof, offline: false }])
  })
  it('says that the platform was silent by then', () => {
    const of = gone()
    of.platformUp = false
    of.nowMs += 60_000
    of.give(b5Paid)
    expect(of.uploads).toMatchObject([{ ...refs, offline: true, atMs: startMs + 60_000 }])
  })
  it.each<[string, object, string]>([
    ['TAC', { tac: null }, ''],
    ['terminal', { psamTerminal: null }, 'A1B2C3D4'],
  ])('a paid one without a %s is named', (_what, lack, detail) => {
    const of = gone().give(b5('paid', { ...proof, ...lack }))
    expect(of.done()).toContain('+payment etc 500')
    expect([of.uploads, noTac(of)]).toEqual([
      [],
      [{ atMs: startMs, laneId: 'exit', ...refs, detail }],
    ])
  })
  it('a paid one without a time has that of its C6', () => {
    const of = gone().give(b5('paid', { ...proof, timeBcd: null }))
    expect([of.uploads.map((one) => one.proof), noTac(of)]).toEqual([[proof], []])
  })
  it('a paid one whose upload the lot cannot make is named as well', () => {
    const of = gone()
    const row = of.rows.find(({ kind }) => kind === 'armed')
    const d = of.lot.unsettled.get('gx1-O2.D1')
    expect([row?.kind, d?.armed?.unit]).toMatchObject(['armed', { vehicleClass: 1 }])
    const armed = d?.armed
    if (armed === null || armed === undefined) throw new Error('it was armed')
    Object.assign(armed, { unit: null })
    of.give(b5Paid)
    expect([of.uploads, noTac(of).length]).toEqual([[], 1])
  })
  it('has nothing to follow it where there is no platform', () => {
    const of = gone({ hasPlatform: false }).give(b5Paid)
    expect([of.done(), noTac(of)]).toEqual([['+outcome paid b5 paid', '+payment etc 500'], []])
  })
  it('an unpaid one closes its case, and a B8 that found nothing does not', () => {
    const found = gone().give(b8('unpaid'))
    expect(effectNames(found)).toEqual(['trace fault - lateResult unpaid'])
    expect(found.done()).toEqual([])
    found.give(b5('unpaid'))
    expect(effectNames(found)).toEqual(['lateCharge gx1-O2.D1 refused late'])
    expect(found.done()).toEqual(['+outcome refused b5 late'])
  })
  it('a B8 that found it paid is booked as its proof', () => {
    expect(gone().give(b8('paid')).done()).toContain('+outcome paid proof paid')
  })
  it('of an OBU that nobody asked is only told', () => {
    const of = gone().give(from(b5Paid, '99999999'))
    expect([effectNames(of), of.done()]).toEqual([['trace fault - lateResult paid'], []])
  })
  it('one that does not fit its C6 is kept with its stay, and books nothing', () => {
    const of = gone().give(b5('paid', proofFor(9000)))
    expect(effectNames(of)).toEqual([
      'append if it can event resultDoubted',
      'trace fault gx1-S1 resultPurse',
      'trace fault - lateResult paid',
    ])
    expect(of.rows.at(-1)).toMatchObject({ stayId: 'gx1-S1', deductionId: 'gx1-O2.D1' })
  })
})

describe('of a car that a person let go', () => {
  it('is its own: the antenna is told, and a second word of it books nothing more', () => {
    const of = bench({}, ...arriving, cardReadEvent(), byHand)
    of.give(b5Paid, b5Paid)
    expect(effectNames(of)).toEqual([
      `rsu complete ${obuId}`,
      'lateCharge gx1-O2.D1 paid paid',
      'trace fault gx1-S1 lateResult paid',
    ])
    expect(of.done().filter((word) => word.startsWith('+payment'))).toEqual(['+payment etc 500'])
    expect(of.uploads).toHaveLength(1)
    expect(of.state.car?.suspect).toBeNull()
  })
  it('and one of another OBU is not', () => {
    const of = bench({}, ...arriving, cardReadEvent(), byHand).give(from(b5Paid, '99999999'))
    expect([effectNames(of), of.done()]).toEqual([['trace fault gx1-S1 lateResult paid'], []])
    expect(of.state.car?.suspect).not.toBeNull()
  })
  it('a car that backs out keeps its C6 open for a result of another OBU', () => {
    const of = bench({}, ...arriving, cardReadEvent(), loop('arrive', 'off'))
    of.give(from(b5Paid, '99999999'))
    expect([of.state.name, of.done()]).toEqual(['debiting', []])
    of.give(b5Paid)
    expect([of.state.name, of.done()[1]]).toEqual(['idle', '+outcome paid b5 paid'])
  })
})

describe('of a car that came back', () => {
  const back = (options: BenchOptions): LedgerBench => {
    const of = gone(options)
    of.give(...arriving)
    expect(of.state.name).toBe('suspect')
    of.done()
    return of
  }
  it.each([
    ['B5', b5Paid],
    ['B8', b8('paid', proof)],
  ])('a %s with a TAC is uploaded: the armed row knows the OBU', (_name, event) => {
    const of = back({ rsuHasProof: true }).give(event)
    expect([of.state.name, noTac(of)]).toEqual(['opening', []])
    expect(of.uploads).toMatchObject([{ ...refs, proof, obu: { obuId, vehicleClass: 1 } }])
  })
  it('after a restart as well, where another lane object folds the same rows', () => {
    const of = gone()
    const next = new LedgerBench({ lot: of.lot, rows: of.rows }).give(rsuUp, ...arriving, b5Paid)
    expect([next.state.name, next.uploads.length, noTac(next)]).toEqual(['opening', 1, []])
  })
})

describe('of a car that stands where its ledger stopped', () => {
  it.each([
    ['B5', b5Paid],
    ['B8', b8('paid', proof)],
  ])('a %s still decides for it, and opens', (_name, event) => {
    const of = bench({ rsuHasProof: true }, ...arriving, cardReadEvent(), b5('unknown'))
    of.failAppends = 1
    of.give(event)
    expect([of.state.name, of.state.car?.manual]).toEqual(['manual', 'ledgerStopped'])
    of.done()
    of.give(event)
    expect([of.state.name, of.done().includes('barrier open')]).toEqual(['opening', true])
  })
})
