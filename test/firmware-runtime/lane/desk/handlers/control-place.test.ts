// Charging by a handheld through the API: refused with code and audit before the antenna is switched on, taken over by a
// lane, booked once; and the positions that its host reports.
import { describe, expect, it } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { b5, cardReadEvent, loop, plate, plateEvent, proofFor } from '../../pure/lane-bench.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { codeOf } from '../../../../kit/refusals.ts'
import { center, PlaceLot } from '../../../runtime/control/place-lot.ts'

describe('place.charge', () => {
  it('charges inside the fence, once for a command, and tells what became of it', () => {
    const lot = new PlaceLot()
    lot.stands()
    expect(lot.charge(plate, 'handheld', 'one-command')).toEqual({ ok: true, repeated: false })
    expect(lot.view).toMatchObject({ state: 'searching', bar: null, car: { amountFen: 500 } })
    lot.runtime.dispatch('handheld', cardReadEvent())
    lot.runtime.dispatch('handheld', b5('paid', proofFor(9_500)))
    expect(lot.view).toMatchObject({ state: 'idle', last: { paidFen: 500, deduction: 'paid' } })
    expect(lot.charge(plate, 'handheld', 'one-command')).toEqual({ ok: true, repeated: true })
    expect(lot.told.filter((command) => command.do === 'debit')).toHaveLength(1)
    expect(lot.rows('audit').map(({ body }) => body.act)).toEqual([`place.charge ${plate}`])
  })

  it.each<[string, (lot: PlaceLot) => void, string]>([
    ['outside', (lot) => lot.stands(145), 'PLACE-01'],
    ['never heard', () => undefined, 'PLACE-02'],
    [
      'without a fix',
      (lot) => {
        lot.stands()
        const atIso = isoOf(startMs + 9_000)
        lot.call['place.position']({ laneId: 'handheld', atIso, position: null })
      },
      'PLACE-02',
    ],
    [
      'stale',
      (lot) => {
        lot.stands()
        lot.clock.advance(10_001)
      },
      'PLACE-03',
    ],
    ['imprecise', (lot) => lot.stands(0, 10_001), 'PLACE-04'],
    [
      'jumping',
      (lot) => {
        lot.stands(900)
        lot.stands()
      },
      'PLACE-05',
    ],
  ])('refuses %s before the antenna goes on, and keeps who asked', (_name, where, code) => {
    const lot = new PlaceLot()
    where(lot)
    expect(codeOf(() => lot.charge(plate, 'handheld', 'same-command'))).toBe(code)
    expect(lot.view).toMatchObject({ state: 'idle', code })
    expect(lot.told).toEqual([])
    expect(lot.rows('audit').map(({ body }) => body)).toEqual([
      {
        act: `place.refused ${code} ${plate}`,
        by: '收费员',
        role: 'attendant',
        reason: '巡场',
        commandId: 'same-command.refused',
        result: code,
      },
    ])
    expect(lot.rows('intent')).toEqual([])
    // The same command id may run now, since it was not carried out before.
    lot.clock.advance(120_000)
    for (let n = 0; n < 4; n++) lot.stands()
    expect(lot.charge(plate, 'handheld', 'same-command')).toEqual({ ok: true, repeated: false })
  })

  it.each<[string, (lot: PlaceLot) => unknown, string]>([
    ['a lane', (lot) => lot.charge(plate, 'exit'), 'PLACE-07'],
    ['no lane', (lot) => lot.charge(plate, 'nowhere'), 'LANE-01'],
    ['no plate', (lot) => lot.charge('A1'), 'PLACE-06'],
    ['a car that is not inside', (lot) => lot.charge('测B99999'), 'PLACE-06'],
  ])('refuses %s', (_name, act, code) => {
    const lot = new PlaceLot()
    lot.stands()
    expect(codeOf(() => act(lot))).toBe(code)
    expect(lot.told).toEqual([])
  })

  it('refuses without an antenna, while it is busy, and a car that stands in a lane', () => {
    const lot = new PlaceLot()
    lot.stands()
    lot.runtime.dispatch('handheld', { type: 'rsuDown', reason: 'link' })
    expect(codeOf(() => lot.charge())).toBe('PLACE-06')
    lot.runtime.dispatch('handheld', { type: 'rsuUp', psamTerminals: [], rsuId: '' })
    lot.charge()
    expect(codeOf(() => lot.charge())).toBe('PLACE-06')
    const exit = new PlaceLot()
    exit.stands()
    exit.runtime.dispatch('exit', loop('arrive', 'on'))
    exit.runtime.dispatch('exit', plateEvent(plate))
    expect(codeOf(() => exit.charge())).toBe('PLACE-06')
  })

  it('a pile without a watch on its place charges nothing: unknown counts as outside', () => {
    const lot = new PlaceLot()
    expect(codeOf(() => lot.charge(plate, 'pile'))).toBe('PLACE-02')
  })
})

describe('place.quote', () => {
  it('says what would be charged, writes nothing and takes no number', () => {
    const lot = new PlaceLot()
    const { length } = lot.ledger.list
    const { lastId } = lot.runtime.lot
    expect(lot.quote('测a·12345')).toMatchObject({
      plate,
      stayMin: 70,
      amountFen: 500,
      dueFen: 500,
      alreadyPaid: null,
      unsettled: false,
      why: null,
      elsewhere: null,
    })
    expect(lot.quote().lines.length).toBeGreaterThan(0)
    expect([lot.ledger.list.length, lot.runtime.lot.lastId]).toEqual([length, lastId])
    lot.stands()
    lot.charge()
    expect(lot.rows('orderMade').map(({ amountFen }) => amountFen)).toEqual([500])
  })
  it('of a car that has paid is nothing, and says how it was paid', () => {
    const lot = new PlaceLot()
    lot.stands()
    lot.charge()
    lot.runtime.dispatch('handheld', cardReadEvent())
    expect(lot.quote()).toMatchObject({ why: 'busy', unsettled: true })
    lot.runtime.dispatch('handheld', b5('paid', proofFor(9_500)))
    expect(lot.quote()).toMatchObject({ why: null, dueFen: 0, alreadyPaid: 'etc' })
  })
  it.each<[string, (lot: PlaceLot) => string, object]>([
    ['no plate', () => 'A1', { why: 'notPlate', plate: null, stayId: null }],
    ['a stranger', () => '测B99999', { why: 'noStay', plate: '测B99999', dueFen: 0 }],
    [
      'an antenna that is away',
      (lot) => {
        lot.runtime.dispatch('handheld', { type: 'rsuDown', reason: 'link' })
        return plate
      },
      { why: 'antennaAway', dueFen: 500 },
    ],
    [
      'a car that stands in a lane',
      (lot) => {
        lot.runtime.dispatch('exit', loop('arrive', 'on'))
        lot.runtime.dispatch('exit', plateEvent(plate))
        return plate
      },
      { why: 'elsewhere', elsewhere: 'exit' },
    ],
  ])('tells %s in a word, as the charge refuses it', (_name, make, wanted) => {
    const lot = new PlaceLot()
    lot.stands()
    const of = make(lot)
    expect(lot.quote(of)).toMatchObject(wanted)
    expect(codeOf(() => lot.charge(of))).toBe('PLACE-06')
  })
})

describe('an amount that a person confirmed', () => {
  it('is what is charged, to the fen', () => {
    const lot = new PlaceLot()
    lot.stands()
    const amountFen = lot.quote().dueFen
    lot.charge(plate, 'handheld', 'confirmed-1', { amountFen })
    lot.runtime.dispatch('handheld', cardReadEvent())
    const debit = lot.told.find((command) => command.do === 'debit')
    expect(debit).toMatchObject({ amountFen })
  })
  it.each([0, 499, 501])('of %i is refused where 500 are due, and nothing begins', (amountFen) => {
    const lot = new PlaceLot()
    lot.stands()
    const charge = () => lot.charge(plate, 'handheld', 'confirmed-1', { amountFen })
    expect(codeOf(charge)).toBe('PLACE-08')
    expect(lot.told).toEqual([])
    expect(lot.rows('orderMade')).toEqual([])
    expect(lot.rows('audit').map(({ body }) => body.result)).toEqual(['PLACE-08'])
  })
  it('that the clock has passed is refused', () => {
    const lot = new PlaceLot()
    const { dueFen } = lot.quote()
    lot.clock.advance(3_600_000)
    for (let n = 0; n < 4; n++) lot.stands()
    expect(lot.quote().dueFen).toBeGreaterThan(dueFen)
    const charge = () => lot.charge(plate, 'handheld', 'confirmed-1', { amountFen: dueFen })
    expect(codeOf(charge)).toBe('PLACE-08')
  })
})

describe('a car that drives to the exit meanwhile', () => {
  const arrives = (lot: PlaceLot): void => {
    lot.runtime.dispatch('exit', loop('arrive', 'on'))
    lot.runtime.dispatch('exit', plateEvent(plate))
  }
  it('is the exit’s: the handheld closes its intent, the exit charges', () => {
    const lot = new PlaceLot()
    lot.stands()
    lot.charge()
    arrives(lot)
    expect(lot.view).toMatchObject({ state: 'idle' })
    expect(lot.rows('outcome').map(({ body }) => [body.state, body.reason])).toEqual([
      ['refused', 'takenOver'],
    ])
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('searching')
  })
  it('pays once: no cash while the handheld charges, none after it was paid', () => {
    const lot = new PlaceLot()
    lot.stands()
    lot.charge()
    lot.runtime.dispatch('handheld', cardReadEvent())
    arrives(lot)
    expect(lot.runtime.lanes.get('exit')?.state.car?.manual).toBe('repeatSuspected')
    expect(codeOf(() => lot.settle('cash'))).toBe('LANE-02')
    lot.runtime.dispatch('handheld', b5('paid', proofFor(9_500)))
    expect(codeOf(() => lot.settle('cash'))).toBe('LANE-02')
    expect(lot.settle('later')).toEqual({ ok: true, repeated: false })
    expect(lot.rows('payment')).toHaveLength(1)
  })
})

describe('a restart', () => {
  it('between C6 and its answer: unknown, looked into at the next try, never charged again', () => {
    const lot = new PlaceLot()
    lot.stands()
    lot.charge()
    lot.runtime.dispatch('handheld', cardReadEvent())
    const next = new PlaceLot(lot.ledger.list)
    expect(next.view).toMatchObject({ state: 'idle', bar: 'noPosition' })
    expect(next.rows('outcome').map(({ body }) => [body.state, body.reason])).toEqual([
      ['unknown', 'restart'],
    ])
    next.stands()
    next.charge(plate, 'handheld', 'after-restart')
    expect(next.view?.state).toBe('suspect')
    const debit = lot.told.find((command) => command.do === 'debit')
    const station0019Hex = debit?.do === 'debit' ? debit.stationHex : ''
    next.runtime.dispatch('handheld', cardReadEvent({ balanceFen: 9_500, station0019Hex }))
    expect(next.view).toMatchObject({ state: 'idle', last: { paidFen: 500, deduction: 'paid' } })
    expect(next.told.filter((command) => command.do === 'debit')).toEqual([])
  })
})

describe('place.position', () => {
  it('is no news when it repeats its time, and refused where a receiver or a file tells', () => {
    const lot = new PlaceLot()
    const atIso = isoOf(startMs)
    const position = { ...center, accuracyMm: 1_000 }
    const tell = (laneId: string, iso = atIso): string =>
      codeOf(() => lot.call['place.position']({ laneId, atIso: iso, position }))
    expect(tell('handheld')).toBe('none')
    lot.clock.advance(6_000)
    expect(tell('handheld')).toBe('none')
    expect(lot.view?.ageMs).toBe(6_000)
    expect(tell('pile')).toBe('PLACE-07')
    expect(tell('exit')).toBe('PLACE-07')
    expect(tell('handheld', '2026-11-20 14:30')).toBe('API-01')
  })
  it('both kinds are shown, with what is fixed and what is reported', () => {
    const lot = new PlaceLot()
    lot.stands()
    expect(lot.call['place.state']({}).places).toMatchObject([
      { laneId: 'handheld', source: 'host', staleSec: 10, marginM: 10, position: center },
      { laneId: 'pile', source: 'fixed', space: 'A12', staleSec: null, position: null },
    ])
  })
})
