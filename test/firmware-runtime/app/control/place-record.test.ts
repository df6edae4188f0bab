// Reading the car in a space by a handheld (8.1.2.4 c): by a consumption of zero, refused before the antenna is switched on,
// and never made of a plate that a person typed.
import { describe, expect, it } from 'vitest'
import { b5, cardReadEvent, plate, proofFor } from '../../core/lane/lane-bench.ts'
import { startMs } from './control-kit.ts'
import { codeOf } from '../../../kit/refusals.ts'
import { cameIn } from '../../core/lot/row-kit.ts'
import { center, PlaceLot } from './place-lot.ts'

describe('place.record', () => {
  const standing = (): PlaceLot => {
    const lot = new PlaceLot([], '7.2.3')
    const { runtime } = lot
    const stay = cameIn(runtime.mint('S'), startMs - 60_000, { spaceId: 'P1', plate: null })
    runtime.append([stay])
    runtime.openSpaces?.told('P1', { occupied: true, read: null })
    lot.stands()
    return lot
  }
  const record = (lot: PlaceLot, over: object = {}) =>
    lot.call['place.record'](
      {
        laneId: 'handheld',
        spaceId: 'P1',
        plate: '测a·12345',
        by: '收费员',
        reason: '巡场',
        commandId: 'record-one-car',
        ...over,
      },
      'attendant',
    )

  it('reads the car in a space by a consumption of zero, once for a command', () => {
    const lot = standing()
    expect(record(lot)).toEqual({ ok: true, repeated: false })
    lot.runtime.dispatch('handheld', cardReadEvent())
    lot.runtime.dispatch('handheld', b5('paid', proofFor(10_000)))
    expect(record(lot)).toEqual({ ok: true, repeated: true })
    const debits = lot.told.filter((command) => command.do === 'debit')
    expect(debits.map((command) => ('amountFen' in command ? command.amountFen : null))).toEqual([
      0,
    ])
    expect(lot.rows('zeroRecord').map(({ body }) => [body.spaceId, body.by, body.at])).toEqual([
      ['P1', '收费员', { ...center, accuracyMm: 3_000 }],
    ])
    expect(lot.rows('audit').map(({ body }) => body.act)).toEqual(['place.record P1 测a·12345'])
    expect(codeOf(() => record(lot, { commandId: 'record-it-again' }))).toBe('PLACE-06')
  })

  it('keeps a plate that a person saw, and makes no record of a typed plate', () => {
    const lot = standing()
    record(lot)
    lot.clock.advance(60_000)
    expect(lot.rows('plateRead').map(({ body }) => body.plate)).toEqual([plate])
    expect(lot.rows('zeroRecord')).toEqual([])
  })

  it('takes no OBU of another plate', () => {
    const lot = standing()
    record(lot, { plate: '测B99999' })
    lot.runtime.dispatch('handheld', cardReadEvent())
    expect(lot.told.filter((command) => command.do === 'debit')).toEqual([])
    expect(lot.rows('zeroRecord')).toEqual([])
  })

  it.each<[string, (lot: PlaceLot) => unknown, string]>([
    ['a space without a car', (lot) => record(lot, { spaceId: 'P2' }), 'PLACE-06'],
    [
      'a space that is not watched',
      (lot) => (lot.runtime.openSpaces?.unheard('P1'), record(lot)),
      'PLACE-06',
    ],
    ['what is no plate', (lot) => record(lot, { plate: 'A1' }), 'PLACE-06'],
    ['outside its fence', (lot) => (lot.stands(145), record(lot)), 'PLACE-01'],
    [
      'without its antenna',
      (lot) => {
        lot.runtime.dispatch('handheld', { type: 'rsuDown', reason: 'link' })
        return record(lot)
      },
      'PLACE-06',
    ],
    ['a lane that is none', (lot) => record(lot, { laneId: 'nowhere' }), 'LANE-01'],
  ])('refuses %s before the antenna goes on', (_what, act, code) => {
    const lot = standing()
    expect(codeOf(() => act(lot))).toBe(code)
    expect(lot.told).toEqual([])
    expect(lot.rows('audit')).toEqual([])
  })

  it('is refused at a place of an enclosed lot, which charges', () => {
    const lot = new PlaceLot()
    lot.stands()
    expect(codeOf(() => record(lot))).toBe('PLACE-06')
  })
})
