// Piles and handhelds in lot.json: what is accepted, and every rule broken once, with the field in the error.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { checkProfileLinks } from '#devices/profiles/links.ts'
import { exampleLane } from '#renderer/pages/places/example-lane.ts'
import { lotFile } from './lot-kit.ts'
import { library } from '../../devices/profiles/shipped.ts'
import { faultOf } from '../../../kit/refusals.ts'

const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
const far = { latMicrodeg: 22_900_000, lonMicrodeg: 108_366_000 }
const fence = { shape: 'circle', center, radiusM: 12 }
const points = (...pairs: readonly (readonly [number, number])[]) => ({
  shape: 'polygon',
  points: pairs.map(([latMicrodeg, lonMicrodeg]) => ({ latMicrodeg, lonMicrodeg })),
})
const handheld = { kind: 'handheld', fence, gnss: 'tcp://127.0.0.1:2947', marginM: 5, staleSec: 5 }
const pile = { kind: 'etc-pile', space: 'A12', position: { ...center, accuracyM: 1 }, fence }
const lane = {
  id: 'place',
  name: { zh: '手持机', en: 'Handheld' },
  direction: 'exit',
  rsu: 'tcp://127.0.0.1:60002',
  camera: null,
  barrier: null,
  display: null,
}

const lotWith = (place: unknown, over: Record<string, unknown> = {}, more: unknown[] = []) => {
  const lot = lotFile()
  return { ...lot, lanes: [...lot.lanes, { ...lane, ...over, place }, ...more] }
}

describe('a place', () => {
  it.each<[string, unknown]>([
    ['a handheld with a receiver', handheld],
    ['a handheld whose host reports', { ...handheld, gnss: null }],
    ['a handheld that leaves the rest open', { kind: 'handheld', fence, gnss: null }],
    ['a pile in a fence', pile],
    ['a pile known by its space', { kind: 'etc-pile', space: 'A12' }],
    [
      'a polygon',
      {
        ...handheld,
        fence: points(
          [22_817_000, 108_366_000],
          [22_817_200, 108_366_000],
          [22_817_000, 108_366_200],
        ),
      },
    ],
  ])('is taken: %s', (_name, place) => {
    expect(checkLot(lotWith(place), 'lot.json').lanes[2]?.place).toEqual(place)
  })
  it('is absent from a lot of before', () => {
    expect(checkLot(lotFile(), 'lot.json').lanes[1]?.place).toBeUndefined()
  })

  const at = '/lanes/2/place'
  it.each<[string, unknown, Record<string, unknown>, string, string, string]>([
    ['another kind', { ...handheld, kind: 'drone' }, {}, 'LOT-02', `${at}/kind`, '"drone"'],
    ['no fence for a handheld', { kind: 'handheld', gnss: null }, {}, 'LOT-02', `${at}/fence`, ''],
    ['no word on its receiver', { kind: 'handheld', fence }, {}, 'LOT-02', `${at}/gnss`, ''],
    ['half a metre', { ...handheld, marginM: 0.5 }, {}, 'LOT-02', `${at}/marginM`, '0.5'],
    ['an hour old', { ...handheld, staleSec: 3600 }, {}, 'LOT-02', `${at}/staleSec`, '3600'],
    ['a further member', { ...handheld, speed: 1 }, {}, 'LOT-02', `${at}/speed`, '1'],
    [
      'degrees in place of microdegrees',
      { ...handheld, fence: { ...fence, center: { latMicrodeg: 22.817, lonMicrodeg: 108.366 } } },
      {},
      ...(['LOT-02', `${at}/fence/center/latMicrodeg`, '22.817'] as const),
    ],
    [
      'no radius',
      { ...handheld, fence: { ...fence, radiusM: 0 } },
      {},
      ...(['LOT-02', `${at}/fence/radiusM`, '0'] as const),
    ],
    [
      'two points',
      { ...handheld, fence: points([1, 1], [2, 2]) },
      {},
      ...(['LOT-02', `${at}/fence/points`, '2'] as const),
    ],
    [
      'a fence that crosses itself',
      { ...handheld, fence: points([1, 1], [100, 100], [1, 100], [100, 1]) },
      {},
      ...(['LOT-02', `${at}/fence/points/0`, '1,1'] as const),
    ],
    [
      'swapped coordinates',
      { ...handheld, fence: points([108_366_000, 22_817_000], [1, 1], [1, 9]) },
      {},
      ...(['LOT-02', `${at}/fence/points/0/latMicrodeg`, '108366000'] as const),
    ],
    [
      'a receiver on a port',
      { ...handheld, gnss: 'serial:/dev/pts/3' },
      {},
      'LOT-03',
      `${at}/gnss`,
      'serial:/dev/pts/3',
    ],
    [
      'a port that is none',
      { ...handheld, gnss: 'tcp://127.0.0.1:99999' },
      {},
      'LOT-03',
      `${at}/gnss`,
      'tcp://127.0.0.1:99999',
    ],
    [
      'hardware in a demo',
      { ...handheld, gnss: 'tcp://192.0.2.4:2947' },
      {},
      'LOT-05',
      `${at}/gnss`,
      'tcp://192.0.2.4:2947',
    ],
    ['no antenna', handheld, { rsu: null }, 'LOT-02', '/lanes/2/rsu', 'null'],
    [
      'a barrier',
      handheld,
      { barrier: 'tcp://127.0.0.1:502' },
      'LOT-02',
      '/lanes/2/barrier',
      'tcp://127.0.0.1:502',
    ],
    [
      'a camera',
      handheld,
      { camera: 'push:hikvision' },
      'LOT-02',
      '/lanes/2/camera',
      'push:hikvision',
    ],
    [
      'the direction of an entry',
      handheld,
      { direction: 'entry' },
      'LOT-02',
      '/lanes/2/direction',
      'entry',
    ],
    [
      'a loop',
      handheld,
      { sensors: [{ kind: 'loop', role: 'arrive', link: 'tcp://127.0.0.1:502?di=1' }] },
      ...(['LOT-02', '/lanes/2/sensors/0/link', 'tcp://127.0.0.1:502?di=1'] as const),
    ],
    [
      'a pile outside its own fence',
      { ...pile, position: { ...far, accuracyM: 1 } },
      {},
      ...(['LOT-02', `${at}/position`, '22900000,108366000'] as const),
    ],
    [
      'a pile measured too coarsely',
      { ...pile, position: { ...center, accuracyM: 11 } },
      {},
      ...(['LOT-02', `${at}/position/accuracyM`, '11'] as const),
    ],
    [
      'a pile with a fence and no position',
      { kind: 'etc-pile', space: 'A12', fence },
      {},
      ...(['LOT-02', `${at}/position`, ''] as const),
    ],
    [
      'a pile nowhere on earth',
      { ...pile, position: { latMicrodeg: 0, lonMicrodeg: 0, accuracyM: 1 } },
      {},
      'LOT-02',
      `${at}/position`,
      '0,0',
    ],
    ['a pile without its space', { kind: 'etc-pile' }, {}, 'LOT-02', `${at}/space`, ''],
  ])('is refused with %s', (_name, place, over, code, field, value) => {
    const fault = faultOf(() => checkLot(lotWith(place, over), 'lot.json'))
    expect(fault).toMatchObject({ code, detail: { file: 'lot.json', field } })
    expect(fault.detail.value).toBe(value)
  })
  it('says of a pile outside its fence that it is', () => {
    const astray = { ...pile, position: { ...far, accuracyM: 1 } }
    expect(() => checkLot(lotWith(astray), 'lot.json')).toThrow('outside its own fence')
  })
  it('is refused where a space has two piles', () => {
    const twin = { ...lane, id: 'twin', place: { kind: 'etc-pile', space: 'A12' } }
    expect(() => checkLot(lotWith(pile, {}, [twin]), 'lot.json')).toThrow('that space has a pile')
  })
})

describe('a profile of a pile or handheld', () => {
  const lookup = {
    find: (kind: string, id: string) => {
      const checked = library.profiles.get(`${kind}/${id}`)
      return checked === undefined
        ? ({ ok: false, there: false, note: '' } as const)
        : ({ ok: true, checked } as const)
    },
  }
  const judge = (place: unknown, variant: string): void => {
    const lot = lotWith(place, { rsu: `tcp://127.0.0.1:60002?variant=${variant}` })
    checkProfileLinks(checkLot(lot, 'lot.json'), 'lot.json', lookup)
  }
  it('is taken with the example that the window shows to a lot without a place', () => {
    const lot = lotFile()
    const example: unknown = JSON.parse(exampleLane)
    const whole = { ...lot, mode: 'production', lanes: [...lot.lanes, example] }
    const checked = checkLot(whole, 'lot.json')
    expect(checked.lanes.at(-1)?.place?.kind).toBe('handheld')
    expect(() => checkProfileLinks(checked, 'lot.json', lookup)).not.toThrow()
  })
  it.each([
    [handheld, 'generic/rsu-frames'],
    [pile, 'generic/space-pile'],
    [handheld, 'soulin/parking'],
    [undefined, 'soulin/parking'],
  ])('is taken where its kind stands: %j %s', (place, variant) => {
    expect(() => judge(place, variant)).not.toThrow()
  })
  it.each([
    [undefined, 'generic/rsu-frames'],
    [undefined, 'generic/space-pile'],
    [pile, 'generic/rsu-frames'],
    [handheld, 'generic/space-pile'],
  ])(
    'is refused in a lane without a fence, and in a place of the other kind: %j %s',
    (place, variant) => {
      expect(() => judge(place, variant)).toThrow('must be used for a place of that kind')
    },
  )
})

describe('the piles of one lot', () => {
  const street = (count: number) =>
    lotWith(
      { ...pile, space: 'P1' },
      { id: 'p1' },
      Array.from({ length: count - 1 }, (_, i) => ({
        ...lane,
        id: `p${i + 2}`,
        rsu: `tcp://127.0.0.1:${61_000 + i}`,
        place: { kind: 'etc-pile', space: `P${i + 2}` },
      })),
    )
  it.each([
    [62, true],
    [63, false],
    [200, false],
  ])('%i beside two lanes are accepted: %s', (count, isAccepted) => {
    if (isAccepted) {
      expect(checkLot(street(count), 'lot.json').lanes).toHaveLength(count + 2)
      return
    }
    const { code, detail } = faultOf(() => checkLot(street(count), 'lot.json'))
    expect([code, detail.field]).toEqual(['LOT-02', '/lanes'])
    const { zh, en } = detail.note as { readonly zh: string; readonly en: string }
    expect(zh).toContain('写在路段的泊位里')
    expect(en).toContain('the pile of a space is no lane')
  })
})
