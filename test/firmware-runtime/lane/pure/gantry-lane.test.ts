// A gantry over a road: it reads every car, charges once what one of them owes, and is free for the next car at once.
// Also the device that reads OBUs at their spaces.
import { describe, expect, it } from 'vitest'
import { gantryLane } from '#lane/pure/gantry-lane.ts'
import { recordLane } from '#lane/pure/record-lane.ts'
import { leftOwing } from '#lane/pure/open/left-owing.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  b5,
  b8,
  cardReadEvent,
  LaneBench,
  obuId,
  otherPlate,
  plate,
  proofFor,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { violationsOf } from './lot/violations.ts'

const up: LaneEvent = { type: 'rsuUp', psamTerminals: [], rsuId: '1' }
/** A lot whose car came 70 minutes ago and was last seen in its space just now. */
const gantry = (options: BenchOptions = {}): LaneBench => {
  const bench = new LaneBench({
    laneId: 'gantry',
    table: gantryLane,
    stoodUntilMs: (): number => bench.nowMs,
    ...options,
  })
  bench.entered(70, plate, 'P1').give(up)
  bench.done()
  return bench
}
function judge({ rows }: LaneBench): void {
  expect(violationsOf(rows)).toEqual([])
}

describe('a gantry', () => {
  it('charges the card of a car that has left its space, opens nothing and hears on', () => {
    const bench = gantry()
    bench.give(cardReadEvent())
    expect(bench.done()).toEqual([
      'claim',
      '+spaceLeft',
      '+orderMade',
      '+intent',
      '+armed',
      'debit',
    ])
    bench.give(b5('paid', proofFor(9500)))
    expect(bench.done()).toEqual([
      ...['rsu complete', 'rsu search off', '+outcome paid b5 paid', '+payment etc 500'],
      ...['+outbox exitUpload', 'rsu search on'],
    ])
    expect(bench.state.name).toBe('idle')
    judge(bench)
  })

  it('charges once in the zone, however often it hears the OBU', () => {
    const bench = gantry()
    bench.give(cardReadEvent(), b5('paid', proofFor(9500)))
    bench.done()
    bench.give(cardReadEvent(), cardReadEvent())
    expect(bench.done()).toEqual(['rsu release', 'rsu release'])
    judge(bench)
  })

  it('asks the platform and is free for the next car before it answers', () => {
    const bench = gantry({ chargeMode: 'online' })
    bench.give(cardReadEvent())
    expect(bench.done()).toEqual([
      ...['claim', '+spaceLeft', '+orderMade', 'rsu release', 'rsu search off', '+intent'],
      ...['+outbox charge', 'charge', 'rsu search on'],
    ])
    expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 1])
    expect(bench.freezes).toMatchObject([{ facts: { plateBy: 'obu' } }])
    // The result is still pending, so no second charge is sent.
    bench.nowMs += 120_000
    bench.give(cardReadEvent())
    expect(bench.done()).toEqual(['claim', 'rsu release'])
    judge(bench)
  })

  it('a charge without a result is settled by its own OBU alone: another of the plate goes on, and nothing is charged', () => {
    for (const other of ['11223344', 'FFFFFFFE', '00000001']) {
      const bench = gantry()
      bench.give(cardReadEvent(), { type: 'rsuDown', reason: 'x' }, up)
      bench.done()
      bench.nowMs += 120_000
      expect(bench.lot.unsettled.size).toBe(1)
      bench.give(timerEvent('proof'), timerEvent('suspect'), timerEvent('obu'))
      bench.done()
      bench.give(cardReadEvent({ obuId: other }))
      expect([other, bench.done(), bench.state.name]).toEqual([
        other,
        ['claim', 'rsu release'],
        'idle',
      ])
      expect(bench.lot.unsettled.size).toBe(1)
      judge(bench)
    }
  })

  describe('a charge without a result, when its car comes again', () => {
    const doubted = (options: BenchOptions = {}): LaneBench => {
      const bench = gantry(options)
      bench.give(cardReadEvent(), { type: 'rsuDown', reason: 'x' }, up)
      bench.give(timerEvent('suspect'))
      bench.nowMs += 120_000
      bench.done()
      return bench
    }
    const withoutProof: readonly (readonly [string, BenchOptions, readonly LaneEvent[]])[] = [
      ['and the RSU gives no proof', { rsuHasProof: false }, []],
      ['and the RSU has none of it', { rsuHasProof: true }, [b8('unknown')]],
      ['and the RSU says nothing of it', { rsuHasProof: true }, [timerEvent('suspect')]],
      [
        'and the RSU is silent about it for a while',
        { rsuHasProof: false, rsuSilenceMs: 20_000 },
        [],
      ],
    ]

    it.each(withoutProof)(
      'is settled by what its card shows at once, %s',
      (_what, options, then) => {
        const bench = doubted(options)
        const station0019Hex = bench.lastC6?.stationHex ?? ''
        bench.give(cardReadEvent({ balanceFen: 9500, station0019Hex }), ...then)
        expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 0])
        expect(leftOwing(bench.lot)).toEqual([])
        judge(bench)
      },
    )

    it.each(withoutProof)(
      'is charged anew when its card shows that nothing was taken, %s',
      (_what, options, then) => {
        const bench = doubted(options)
        bench.give(cardReadEvent(), ...then)
        expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 0])
        bench.done()
        bench.give(cardReadEvent())
        const timeBcd = bench.lastC6?.timeBcd ?? ''
        bench.give(b5('paid', { ...proofFor(9500), timeBcd }))
        expect(bench.done().filter((word) => word === 'debit')).toEqual(['debit'])
        expect(leftOwing(bench.lot)).toEqual([])
        judge(bench)
      },
    )

    it('is bounded: six passages without a result are three more charges, and its card is barred then', () => {
      const bench = doubted({ rsuHasProof: false })
      for (let passage = 0; passage < 6; passage++) {
        bench.give(cardReadEvent(), cardReadEvent(), { type: 'rsuDown', reason: 'x' }, up)
        bench.give(timerEvent('suspect'))
        bench.nowMs += 120_000
      }
      expect(bench.done().filter((word) => word === 'debit')).toHaveLength(3)
      judge(bench)
    })
  })

  it('lets every other car pass without a row', () => {
    const bench = gantry()
    bench.give(cardReadEvent({ plate: otherPlate, obuId: '11223344' }))
    expect(bench.done()).toEqual(['claim', 'rsu release'])
    expect(bench.state.name).toBe('idle')
  })

  it('charges nothing where nobody knows how long the car stood', () => {
    const bench = gantry({ stoodUntilMs: () => null })
    bench.give(cardReadEvent())
    expect(bench.done()).toEqual(['claim', 'rsu release'])
  })

  it('leaves a card without money to its stay, with the reason, and closes the intent that no C6 followed', () => {
    const bench = gantry()
    bench.give(cardReadEvent({ balanceFen: 100 }))
    const done = bench.done()
    expect(done.filter((word) => word.startsWith('+exception'))).toHaveLength(1)
    expect(done).not.toContain('debit')
    expect([bench.state.name, bench.lot.unsettled.size, bench.lot.left.size]).toEqual([
      'idle',
      0,
      1,
    ])
    judge(bench)
  })

  it('leaves a large amount to a person', () => {
    const bench = gantry({ largeAmountFen: 100 })
    bench.give(cardReadEvent())
    expect(bench.done()).not.toContain('debit')
    expect([bench.state.name, bench.lot.left.size]).toEqual(['idle', 1])
  })
})

describe('two gantries that hear one OBU', () => {
  const lost: LaneEvent = { type: 'rsuDown', reason: 'x' }
  const paid = b5('paid', proofFor(9500))
  type Turn = readonly [at: 0 | 1, event: LaneEvent]
  const orders: readonly (readonly [string, readonly Turn[], number])[] = [
    [
      'one after the other',
      [
        [0, cardReadEvent()],
        [0, paid],
        [1, cardReadEvent()],
      ],
      0,
    ],
    [
      'while the first one charges',
      [
        [0, cardReadEvent()],
        [1, cardReadEvent()],
        [0, paid],
      ],
      0,
    ],
    [
      'after the first one has lost its antenna',
      [
        [0, cardReadEvent()],
        [0, lost],
        [1, cardReadEvent()],
        [1, paid],
      ],
      500,
    ],
    [
      'again and again',
      [
        [0, cardReadEvent()],
        [1, cardReadEvent()],
        [0, cardReadEvent()],
        [0, paid],
        [1, paid],
      ],
      0,
    ],
  ]
  const modes = ['card', 'online'] as const
  const rows = orders.flatMap(([what, turns, owed]) =>
    modes.map((chargeMode) => ({ what, turns, owed, chargeMode })),
  )

  it.each(rows)('charge it once, $chargeMode, $what', ({ turns, owed, chargeMode }) => {
    const first = gantry({ chargeMode })
    const { lot, rows: ledger } = first
    const at = { laneId: 'gantry-2', table: gantryLane, chargeMode, lot, rows: ledger }
    const second = new LaneBench({ ...at, stoodUntilMs: (): number => first.nowMs })
    second.give(up)
    for (const [n, event] of turns) [first, second][n]?.give(event)
    const words = [...first.done(), ...second.done()]
    const act = chargeMode === 'card' ? 'debit' : 'charge'
    expect(words.filter((word) => word === act)).toEqual([act])
    expect([first.state.name, second.state.name]).toContain('idle')
    if (chargeMode === 'card')
      expect(leftOwing(lot).map(({ dueFen, isPending }) => [dueFen, isPending])).toEqual(
        owed === 0 ? [] : [[owed, true]],
      )
    judge(first)
  })
})

const record = (spaceId = 'P1', seen: string | null = null): LaneEvent => ({
  type: 'record',
  spaceId,
  seen: seen === null ? null : { plate: seen, colour: 'blue', by: 'anna' },
})
const reader = (of: string | null = null): LaneBench => {
  const bench = new LaneBench({ laneId: 'pile-1', table: recordLane }).entered(1, of, 'P1')
  bench.give(up)
  bench.done()
  return bench
}

describe('a record at a space', () => {
  it('is made by a consumption of nothing, and its stay knows the OBU', () => {
    const bench = reader()
    bench.give(record(), cardReadEvent(), b5('paid', proofFor(10_000)))
    expect(bench.done()).toEqual([
      'rsu search on',
      'debit',
      'rsu complete',
      '+zeroRecord',
      'rsu search off',
    ])
    const [stay] = bench.lot.stays.values()
    expect([stay?.record?.obu.obuId, stay?.plate, bench.lastC6?.amountFen]).toEqual([
      obuId,
      plate,
      0,
    ])
    bench.give(record())
    expect(bench.done()).toEqual([])
    judge(bench)
  })

  it('is kept without its consumption where that was refused or is not known', () => {
    for (const end of [b5('unpaid'), { type: 'rsuDown', reason: 'x' } as const]) {
      const bench = reader()
      bench.give(record(), cardReadEvent(), end)
      expect(bench.done()).toContain('+zeroRecord')
      expect([...bench.lot.stays.values()][0]?.record?.obu.obuId).toBe(obuId)
      judge(bench)
    }
  })

  it('is of the plate that the person sees there, and of no other car', () => {
    const bench = reader()
    bench.give(record('P1', otherPlate), cardReadEvent())
    expect(bench.done()).toEqual(['+plateRead', 'rsu search on', 'rsu release'])
    bench.give(timerEvent('obu'))
    expect([...bench.lot.stays.values()][0]?.record).toBeNull()
    expect([...bench.lot.stays.values()][0]?.plate).toBe(otherPlate)
  })

  it('is of the colour that the person sees there', () => {
    const bench = reader()
    const event = cardReadEvent()
    bench.give(record('P1', plate), { ...event, vehicle: { ...event.vehicle, colour: 'yellow' } })
    expect(bench.done()).toEqual(['+plateRead', 'rsu search on', 'rsu release'])
  })

  it('is never of the car in the next space', () => {
    const bench = reader().entered(0, null, 'P2')
    bench.done()
    bench.give(record(), cardReadEvent())
    expect(bench.done()).toEqual(['rsu search on', 'rsu release'])
  })
})
