// Reading the car in a space by a handheld (8.1.2.4 c): by a consumption of zero, refused before the antenna is switched on,
// and never made of a plate that a person typed.
import { describe, expect, it } from 'vitest'
import { b5, cardReadEvent, plate, proofFor } from '../../lane/pure/lane-bench.ts'
import { startMs } from './control-kit.ts'
import { codeOf, refusedBy } from '../../../kit/refusals.ts'
import { confirmPlate } from '#money/desk/handlers/control-left.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { headOfJpeg, headOfPng } from '../../base/pure/values/photo-kit.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'
import { center, PlaceLot } from './place-lot.ts'

function refusalOf(act: () => unknown) {
  const fault = refusedBy(act)
  return fault === null ? null : { code: fault.code, ...fault.detail }
}

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

  describe('with a photo of the car', () => {
    const photoDraft = 'photo-of-the-car'
    const hold = (lot: PlaceLot, bytes: Uint8Array, over: object = {}) =>
      lot.photos.hold({
        draftId: photoDraft,
        bytes: bytes.length,
        at: 0,
        base64: Buffer.from(bytes).toString('base64'),
        ...over,
      })
    const withPhoto = (lot: PlaceLot, over: object = {}) => {
      hold(lot, headOfJpeg(640, 480))
      return record(lot, { photoDraft, ...over })
    }
    const confirm = (lot: PlaceLot, by: string, over: object = {}) => {
      const table = lot.acts.table({
        'arrears.confirm': (args, act) => confirmPlate(lot.runtime, args, act, () => true),
      })
      const stayId = lot.runtime.lot.bySpace.get('P1') ?? ''
      const args = { stayId, plate, colour: 'blue', by, reason: '看照片', commandId: `c-${by}-123` }
      return () => table['arrears.confirm']({ ...args, ...over } as never, 'attendant')
    }
    const stayOf = ({ runtime: { lot } }: PlaceLot) => lot.stays.get(lot.bySpace.get('P1') ?? '')
    const noObu = (lot: PlaceLot): PlaceLot => {
      lot.clock.advance(60_000)
      lot.stands()
      return lot
    }

    it('another person than the one who recorded it confirms the plate, also after a start', () => {
      const lot = noObu(
        (() => {
          const one = standing()
          withPhoto(one)
          return one
        })(),
      )
      expect(lot.rows('plateRead').map(({ body }) => [body.photo, body.said])).toEqual([
        [lot.stored[0], { by: 'person', who: '收费员' }],
      ])
      expect(lot.rows('audit').map(({ body }) => body.act)).toEqual([
        'place.record P1 测a·12345 photo',
      ])
      for (const one of [lot, new PlaceLot(lot.ledger.list, '7.2.3')]) {
        expect(stayOf(one)).toMatchObject({ photo: lot.stored[0], oneLook: { by: 'typed' } })
        for (const by of ['收费员', ' 收费员 ', '收 费 员'])
          expect(refusalOf(confirm(one, by))).toMatchObject({
            code: 'PLACE-09',
            field: '/by',
            value: by,
          })
      }
      const again = new PlaceLot(lot.ledger.list, '7.2.3')
      confirm(again, '值班员')()
      expect(stayOf(again)).toMatchObject({ oneLook: null, colour: 'blue' })
    })

    it('that the same person brings on a later visit, and no other person', () => {
      const lot = standing()
      record(lot)
      noObu(lot)
      expect(refusalOf(confirm(lot, '值班员'))).toMatchObject({
        code: 'PLACE-09',
        field: '/stayId',
      })
      expect(
        refusalOf(() => withPhoto(lot, { by: '另一人', commandId: 'of-another-one' })),
      ).toMatchObject({ code: 'PLACE-06', field: '/photoDraft', value: photoDraft })
      expect(lot.stored).toEqual([])
      withPhoto(lot, { commandId: 'with-its-photo' })
      noObu(lot)
      expect(stayOf(lot)).toMatchObject({ plate, photo: lot.stored[0], oneLook: { who: '收费员' } })
      confirm(lot, '值班员')()
      expect(stayOf(lot)?.oneLook).toBeNull()
    })

    it('is stored once for a command, and not needed where the OBU is read', () => {
      const lot = standing()
      withPhoto(lot)
      lot.runtime.dispatch('handheld', cardReadEvent())
      lot.runtime.dispatch('handheld', b5('paid', proofFor(10_000)))
      expect(withPhoto(lot)).toEqual({ ok: true, repeated: true })
      expect(lot.stored).toHaveLength(1)
      expect(stayOf(lot)).toMatchObject({ oneLook: null })
      expect(refusalOf(confirm(lot, '值班员', { colour: 'blue' }))?.code ?? 'taken').toBe(
        'PLACE-09',
      )
    })

    it.each<[string, (lot: PlaceLot) => unknown, string]>([
      ['that did not come', () => undefined, 'ARG-01'],
      ['that is no JPEG', (lot) => hold(lot, Buffer.from('MZ a program')), 'ARG-01'],
      ['that is a PNG', (lot) => hold(lot, headOfPng(16, 16)), 'ARG-01'],
      ['that came in part', (lot) => hold(lot, headOfJpeg(16, 16), { bytes: 4_000 }), 'ARG-01'],
      [
        'that is too large',
        (lot) => hold(lot, Buffer.concat([headOfJpeg(64, 64), Buffer.alloc(photoUploadBytesMax)])),
        'ARG-01',
      ],
      [
        'that the disk refuses',
        (lot) => ((lot.isFull = true), hold(lot, headOfJpeg(16, 16))),
        'DATA-01',
      ],
    ])('one %s leaves no record, and the antenna off', (_what, prepare, code) => {
      const lot = standing()
      prepare(lot)
      expect(refusalOf(() => record(lot, { photoDraft }))).toMatchObject({
        code,
        ...(code === 'ARG-01' ? { field: '/photoDraft', value: photoDraft } : {}),
      })
      expect([lot.told, lot.rows('audit'), lot.rows('plateRead'), lot.stored]).toEqual([
        [],
        [],
        [],
        [],
      ])
    })
  })
})
