// Streets in lot.json: what is accepted and refused with its field, and what the running lot makes of them.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { sharedDevices } from '#lane/lot/files/own-devices.ts'
import { layoutOf } from '#lane/pure/layouts/index.ts'
import { adjacentSpaces, runningLot } from '#base/pure/lot/streets.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const pile = (n: number): string => `tcp://127.0.0.1:${19_000 + n}?variant=generic-bcc`
const space = (n: number, over: object = {}): object => ({
  id: `A0${n}`,
  sensor: `mag/${n}`,
  pile: pile(n),
  ...over,
})
const street = (over: object = {}): object => ({
  name: '民族大道',
  stand: 'parallel',
  spaces: [space(1), space(2), space(3)],
  ...over,
})
const piles = (over: object = {}): object => ({
  ...(bareLot() as object),
  layout: '7.2.2',
  chargeMode: 'online',
  offline: 'settle-later',
  capacity: 3,
  lanes: [],
  platform: { url: 'https://127.0.0.1:9443', caFile: '/ca.pem', certDir: '/certs', appId: 'A1' },
  spaces: [{ id: 'mag', link: 'push:nb-iot', spaces: {} }],
  streets: [street()],
  ...over,
})
const checked = (over: object = {}) => checkLot(piles(over), 'lot.json')
const gantry = {
  id: 'gantry',
  name: { zh: '门架', en: 'Gantry' },
  direction: 'exit',
  layout: '7.2.4',
  rsu: 'tcp://127.0.0.1:19100',
  camera: null,
  barrier: null,
  display: null,
}

describe('streets of a lot', () => {
  it('run as an antenna lane for each pile, and as the spaces of their sensors', () => {
    const lot = runningLot(checked())
    expect(lot.lanes.map(({ id, rsu, layout }) => [id, rsu, layout])).toEqual(
      [1, 2, 3].map((n) => [`pile-a0${n}`, pile(n), '7.2.2']),
    )
    expect(lot.lanes.map(({ place }) => place)).toEqual(
      ['A01', 'A02', 'A03'].map((one) => ({ kind: 'etc-pile', space: one })),
    )
    expect(lot.lanes.map((lane) => layoutOf(lane).states)).toContainEqual([
      'idle',
      'searching',
      'debiting',
    ])
    expect(lot.spaces?.[0]?.spaces).toEqual({ 1: 'A01', 2: 'A02', 3: 'A03' })
  })

  it('run the same when the running lot is asked again', () => {
    const lot = runningLot(checked())
    expect(runningLot(lot)).toEqual(lot)
  })

  it('have neighbours in their order, and none beyond a junction', () => {
    const spaces = [space(1), space(2), space(3, { isApart: true })]
    const other = street({ name: '古城路', spaces: [space(4)] })
    const lot = checked({ capacity: 4, streets: [street({ spaces }), other] })
    expect(adjacentSpaces(lot)).toEqual([['A01', 'A02'], ['A03'], ['A04']])
  })

  it('may have 2,000 spaces with a pile each', () => {
    const spaces = Array.from({ length: 2_000 }, (_, i) => ({ id: `N${i}`, pile: pile(i) }))
    const lot = checked({ capacity: 2_000, streets: [street({ spaces })] })
    expect(runningLot(lot).lanes).toHaveLength(2_000)
    expect(sharedDevices(lot)).toEqual([])
  })

  it('name a pile by its space where two have one address', () => {
    const lot = checked({
      streets: [street({ spaces: [space(1), space(2), space(3, { pile: pile(1) })] })],
    })
    expect(sharedDevices(lot).map(({ field }) => field)).toEqual(['/streets/0/spaces/2/pile'])
  })

  const at = (n: number, member: string): string => `/streets/0/spaces/${n}/${member}`
  const spacesWith = (over: object): object => ({
    streets: [street({ spaces: [space(1), space(2), space(3, over)] })],
  })
  it.each<[string, object, string, string]>([
    ['a space twice', spacesWith({ id: 'A01' }), at(2, 'id'), 'LOT-02'],
    ['a small letter', spacesWith({ id: 'a03' }), at(2, 'id'), 'LOT-02'],
    ['a sensor twice', spacesWith({ sensor: 'mag/1' }), at(2, 'sensor'), 'LOT-02'],
    ['a source that is none', spacesWith({ sensor: 'geo/1' }), at(2, 'sensor'), 'LOT-02'],
    ['a pile that is no address', spacesWith({ pile: 'pile' }), at(2, 'pile'), 'LOT-03'],
    ['a real pile in a demo', spacesWith({ pile: 'tcp://192.0.2.9:9' }), at(2, 'pile'), 'LOT-05'],
    [
      'a position off the earth',
      spacesWith({ position: { latMicrodeg: 90_000_001, lonMicrodeg: 0, accuracyM: 1 } }),
      at(2, 'position/latMicrodeg'),
      'LOT-02',
    ],
    ['side by side', { streets: [street({ stand: 'perpendicular' })] }, at(0, 'pile'), 'LOT-02'],
    ['angled', { streets: [street({ stand: 'angled' })] }, at(0, 'pile'), 'LOT-02'],
    ['another number of spaces', { capacity: 4 }, '/capacity', 'LOT-02'],
    ['a street twice', { capacity: 6, streets: [street(), street()] }, '/streets/1/name', 'LOT-02'],
    ['no lane and no pile', { streets: undefined, capacity: 3 }, '/lanes', 'LOT-02'],
    [
      'a sensor at a space that has one',
      { spaces: [{ id: 'mag', link: 'push:nb-iot', spaces: { x: 'A01' } }] },
      at(0, 'sensor'),
      'LOT-02',
    ],
    ['piles of another layout', { layout: '7.2.4', lanes: [gantry] }, at(0, 'pile'), 'LOT-02'],
    ['no sensors at all', { spaces: undefined }, '/spaces', 'LOT-02'],
    ['charges by card', { chargeMode: 'card', offline: 'other-payment' }, '/chargeMode', 'LOT-02'],
  ])('are refused with %s', (_name, over, field, code) => {
    expect(faultOf(() => checked(over))).toMatchObject({
      code,
      detail: { file: 'lot.json', field },
    })
  })

  it('belong to open lots', () => {
    const spaces = [{ id: 'A01' }, { id: 'A02' }, { id: 'A03' }]
    const lot = { ...(bareLot() as object), capacity: 3, streets: [street({ spaces })] }
    expect(faultOf(() => checkLot(lot, 'lot.json'))).toMatchObject({
      code: 'LOT-02',
      detail: { field: '/streets' },
    })
  })
})
