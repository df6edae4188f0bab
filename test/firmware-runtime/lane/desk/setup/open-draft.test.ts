// The set-up of an open lot: what its row still lacks, the lot file that it becomes, and the same forms from that file.
import { describe, expect, it } from 'vitest'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { sitingOfLot } from '#lane/desk/setup/lane-siting.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { chargeModeOf } from '#lane/desk/setup/lot-of-draft.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { applicationOf } from '#lane/desk/setup/onboarding.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { refusalOf } from '../../../../kit/refusals.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const platform = { url: 'https://p.example', appId: 'GX1', certDir: '/c', caFile: '/ca.pem' }
const spaces = ['A01', 'A02', 'A03'].map((id, n) => ({
  id,
  sensor: `mag/${n + 1}`,
  pile: `tcp://192.168.1.${n + 50}:9000`,
}))
const sensors = [{ id: 'mag', link: 'push:nb-iot', spaces: {} }]
const piles: SetupDraft = {
  ...wholeDraft,
  lot: { ...wholeDraft.lot, spaces: { ordinary: 3, charging: 0, special: 0 }, lanes: [] },
  open: { layout: '7.2.2', streets: [{ name: '民族大道', stand: 'parallel', spaces }], sensors },
  devices: { lanes: {}, intake: { host: '192.168.1.10', port: 18_080, cameras: [] } },
  charge: { mode: 'online', platform },
  offline: { ...wholeDraft.offline, policy: 'settle-later' },
}
const judged = (draft: SetupDraft) => judgeDraft(draft, new MemoryPorts(draft))
const rowOf = (draft: SetupDraft, name: string) => judged(draft).rows.find(({ id }) => id === name)
const withOpen = (over: object): SetupDraft =>
  ({ ...piles, open: { ...piles.open, ...over } }) as SetupDraft

const named = (sensor: string) => [
  { name: '路', stand: 'parallel', spaces: [...spaces, { id: 'A04', sensor }] },
]

describe('an open lot that is set up', () => {
  it('becomes a lot file with an antenna for each pile, and the same forms again', () => {
    const { config, ready, rows } = judged(piles)
    expect(rows.map(({ id, state }) => [id, state]).slice(0, 5)).toEqual([
      ['lot', 'done'],
      ['devices', 'done'],
      ['tariff', 'done'],
      ['charge', 'done'],
      ['offline', 'done'],
    ])
    expect([ready, config?.mode, config?.capacity, config?.layout]).toEqual([
      true,
      'production',
      3,
      '7.2.2',
    ])
    expect(config === null ? [] : runningLot(config).lanes.map(({ id }) => id)).toEqual([
      'pile-a01',
      'pile-a02',
      'pile-a03',
    ])
    expect(config === null ? null : draftOfLot({ config, tariff: demoTariff }).open).toEqual(
      piles.open,
    )
  })

  it.each<[string, SetupDraft, RegExp]>([
    ['streets', withOpen({ streets: [] }), /还缺:路段和泊位\(7\.2\.2\)、识别桩\(7\.2\.2 b\)/],
    [
      'piles',
      withOpen({ streets: [{ name: '路', stand: 'parallel', spaces: [{ id: 'A1' }] }] }),
      /识别桩/,
    ],
    ['the sensors', withOpen({ sensors: [{ id: 'mag', link: '', spaces: {} }] }), /检测器的接入/],
    [
      'one of two watchers',
      withOpen({
        sensors: [...sensors, { id: 'cam', link: '', spaces: {} }],
        streets: named('cam/1'),
      }),
      /检测器的接入/,
    ],
    ['a watcher that is not there', withOpen({ streets: named('none/1') }), /检测器的接入/],
    ['the cameras', withOpen({ layout: '7.2.4', sensors: [] }), /泊位相机的接入/],
    ['a gantry', withOpen({ layout: '7.2.5' }), /门架/],
  ])('says that %s are missing', (_name, draft, said) => {
    const row = rowOf(draft, 'lot')
    expect([row?.state, row?.why.zh]).toEqual(['open', expect.stringMatching(said)])
  })

  it('is refused in the form of the car park where spaces stand side by side', () => {
    const streets = [{ name: '路', stand: 'angled', spaces }]
    const row = rowOf(withOpen({ streets }), 'lot')
    expect([row?.state, row?.fault?.code, row?.fault?.field]).toEqual([
      'failed',
      'LOT-02',
      '/streets/0/spaces/0/pile',
    ])
  })

  it('keeps no password of a sensor source or a pile', () => {
    const service = new SetupService(new MemoryPorts(piles))
    const link = 'mqtt://a:Geheim1@192.168.1.9?profile=a/b'
    const refused = refusalOf(() =>
      service.save({
        open: { layout: '7.2.2', streets: [], sensors: [{ id: 'mag', link, spaces: {} }] },
      }),
    )
    expect(refused).toMatchObject({ code: 'LOT-03', field: '/spaces/0/link' })
    expect(JSON.stringify(refused)).not.toContain('Geheim1')
  })
})

it.each<[string, SetupDraft, string]>([
  ['pushes without a network card', { ...piles, devices: { lanes: {}, intake: null } }, 'open'],
  ['pushes before the devices have a form', { ...piles, devices: undefined }, 'open'],
  ['pushes to a card', piles, 'done'],
  [
    'a broker without a card',
    {
      ...withOpen({ sensors: [{ id: 'mag', link: 'mqtt://192.168.1.5?profile=a/b', spaces: {} }] }),
      devices: { lanes: {}, intake: null },
    },
    'done',
  ],
])('watchers: %s', (_name, draft, state) => {
  expect(rowOf(draft, 'devices')?.state).toBe(state)
})

describe('the password of a camera of spaces', () => {
  const link = (secret: string) => `dahua://192.168.1.64?user=admin&secret=${secret}`
  const keeping = (secret: string) => {
    const ports = new MemoryPorts(
      withOpen({ sensors: [{ id: 'cam', link: link(secret), spaces: {} }] }),
    )
    return { ports, setup: new SetupService(ports) }
  }

  it('is sealed under the name in its link', () => {
    const { setup } = keeping('camera-cam')
    expect(setup.credentials().watchers).toEqual({ cam: 'absent' })
    const { watchers, cameras } = setup.cameraPassword({ sourceId: 'cam', password: 'Geheim1' })
    expect([watchers, cameras]).toEqual([{ cam: 'set' }, {}])
  })

  it.each([
    ['another source', 'camera-cam', { sourceId: 'mag' }],
    ['a lane of that name', 'camera-cam', { laneId: 'cam' }],
    ['neither', 'camera-cam', {}],
    ['the name of a push path', 'push-cam', { sourceId: 'cam' }],
    ['the name of the server for copies', 'copies', { sourceId: 'cam' }],
  ])('is refused for %s', (_name, secret, at) => {
    const { setup } = keeping(secret)
    expect(refusalOf(() => setup.cameraPassword({ ...at, password: 'Geheim1' }))?.code).toBe(
      'LOT-03',
    )
  })
})

describe('positions along a street', () => {
  const withSiting = (measures: object, deviation?: string): SetupDraft =>
    withOpen({
      streets: [
        {
          ...piles.open?.streets[0],
          siting: { measures, ...(deviation === undefined ? {} : { deviation }) },
        },
      ],
    })
  it.each<[string, SetupDraft, string, boolean]>([
    ['nothing is measured', piles, 'done', true],
    ['a must is not met', withSiting({ sensorFlush: false }), 'failed', false],
    [
      'a must has a reason',
      withSiting({ sensorFlush: false }, '旧检测器高出路面'),
      'failed',
      false,
    ],
    ['a should is not met', withSiting({ pileKeysOnline: false }), 'failed', false],
    ['a should has a reason', withSiting({ pileKeysOnline: false }, '桩内有 PSAM'), 'done', true],
  ])('where %s', (_, draft, state, fits) => {
    expect(rowOf(draft, 'devices')?.state).toBe(state)
    const { config } = judged(draft)
    if (config === null) {
      expect(fits).toBe(false)
      return
    }
    const found = sitingOfLot(config, baseRules)
    expect(found.fits).toBe(fits)
    expect(found.findings.map((one) => ('street' in one ? one.street : one.laneId))).toEqual(
      Array.from({ length: 4 }, () => '民族大道'),
    )
  })

  it('are in the lot file, and in the same forms again', () => {
    const draft = withSiting({ pileAtFront: true, sensorFlush: true }, '桩内有 PSAM')
    const { config } = judged(draft)
    expect(config?.streets?.[0]?.siting).toEqual({
      measures: { pileAtFront: true, sensorFlush: true },
      deviation: '桩内有 PSAM',
    })
    expect(config === null ? null : draftOfLot({ config, tariff: demoTariff }).open).toEqual(
      draft.open,
    )
  })

  it('are named in the row, with street, clause and reason', () => {
    const why = rowOf(withSiting({ sensorFlush: false }), 'devices')?.why
    expect(why?.zh).toMatch(/^民族大道 7\.2\.2 c:.*齐平/)
  })
})

describe('how an open lot charges', () => {
  const card = { mode: 'card', platform } as const
  const chargeOf = (layout: string, charge: SetupDraft['charge']) => {
    const draft = { ...withOpen({ layout }), charge } as SetupDraft
    const { state, why } = rowOf(draft, 'charge') ?? {}
    return { state, said: why?.zh ?? '', mode: chargeModeOf(draft) }
  }

  it.each([
    ['7.2.1', 'card', 'done', /^按建议/],
    ['7.2.2', 'online', 'notStarted', /^布局 7\.2\.2 由平台扣费/],
    ['7.2.3', 'online', 'notStarted', /^布局 7\.2\.3 由平台扣费/],
    ['7.2.4', 'card', 'done', /^按建议/],
    ['7.2.5', 'card', 'done', /^按建议/],
  ])('%s is proposed to charge by %s', (layout, mode, state, said) => {
    expect(chargeOf(layout, undefined)).toEqual({ mode, state, said: expect.stringMatching(said) })
  })

  it('follows a layout that was chosen after the answer, and says so in the review', () => {
    const draft: SetupDraft = { ...piles, charge: card }
    const { config, ready } = judged(draft)
    expect([config?.chargeMode, ready]).toEqual(['online', true])
    expect(chargeOf('7.2.2', card)).toEqual({
      mode: 'online',
      state: 'done',
      said: expect.stringMatching(/^布局 7\.2\.2 由平台扣费:https:/),
    })
    const ports = new MemoryPorts(draft)
    const { changes } = new SetupService(ports).preview()
    expect(changes.find(({ key }) => key === '/chargeMode')).toMatchObject({
      row: 'charge',
      after: { zh: '由平台扣费' },
    })
  })

  it.each<[string, SetupDraft['charge'], string]>([
    ['the answer before', card, 'card'],
    ['the proposal', undefined, 'card'],
    ['the other answer', { ...card, mode: 'online' }, 'online'],
  ])('of an enclosed lot again is %s', (_name, charge, mode) => {
    const { lot, devices, offline } = wholeDraft
    const back = { ...piles, lot, devices, offline, open: null, charge } as SetupDraft
    expect([chargeModeOf(back), chargeModeOf({ ...back, open: piles.open })]).toEqual([
      mode,
      'online',
    ])
  })

  it.each<[string, SetupDraft['charge']]>([
    ['nobody answered', undefined],
    ['the platform is put off', { mode: 'card', platform: 'later' }],
    ['cards were charged', { mode: 'online', platform: 'later' }],
  ])('is not set up without the platform: %s', (_name, charge) => {
    const { ready, config } = judged({ ...piles, charge } as SetupDraft)
    expect([ready, config]).toEqual([false, null])
    const service = new SetupService(new MemoryPorts({ ...piles, charge } as SetupDraft))
    expect(refusalOf(() => service.preview())).toMatchObject({
      code: 'SETUP-02',
      field: expect.stringMatching(/^(?:charge|\/platform)$/),
    })
  })
})

describe('gantries, handhelds and patrol cars of an open lot', () => {
  const fence = {
    shape: 'circle',
    center: { latMicrodeg: 22_806_123, lonMicrodeg: 108_366_543 },
    radiusM: 120,
  } as const
  const none = {
    camera: '',
    barrier: '',
    display: '',
    psams: [],
    ordersFrom: '',
    cameraTimeless: null,
  }
  const rsu = (n: number) => ({ ...none, rsu: `tcp://192.168.1.${n}:9000` })
  const reader = { fence, gnss: '', marginM: null, staleSec: null }
  const gantryLane = { id: 'gantry', name: '门架', layout: '7.2.5', direction: 'exit' } as const
  const carLane = { ...gantryLane, id: 'reader', name: '巡检车', reader }
  const street = { name: '路', stand: 'parallel', spaces: [{ id: 'A1', sensor: 'mag/1' }] }
  const patrol = {
    ...piles,
    lot: {
      ...piles.lot,
      spaces: { ordinary: 1, charging: 0, special: 0 },
      lanes: [gantryLane, carLane],
    },
    open: { layout: '7.2.5', streets: [street], sensors },
    devices: { lanes: { gantry: rsu(20), reader: rsu(21) }, intake: null },
  } as SetupDraft
  const withLanes = (...lanes: object[]) =>
    ({ ...patrol, lot: { ...patrol.lot, lanes } }) as SetupDraft

  it('are lanes of the lot file, and the same forms again', () => {
    const { config, ready } = judged(patrol)
    expect(ready).toBe(true)
    expect(config?.lanes.map(({ id, rsu: link, place }) => [id, link, place])).toEqual([
      ['gantry', 'tcp://192.168.1.20:9000', undefined],
      ['reader', 'tcp://192.168.1.21:9000', { kind: 'handheld', fence, gnss: null }],
    ])
    const back = config === null ? null : draftOfLot({ config, tariff: demoTariff })
    expect(back?.lot?.lanes).toEqual(patrol.lot?.lanes)
  })

  it.each<[string, SetupDraft, RegExp]>([
    ['a patrol car', withLanes(gantryLane), /还缺:巡检车/],
    ['a gantry', withLanes(carLane), /还缺:门架/],
    [
      'the fence',
      withLanes(gantryLane, { ...carLane, reader: { ...reader, fence: null } }),
      /电子围栏/,
    ],
    [
      'a handheld',
      { ...withLanes(), open: { ...patrol.open, layout: '7.2.3' } } as SetupDraft,
      /还缺:手持机/,
    ],
  ])('say that %s is missing', (_name, draft, said) => {
    const row = rowOf(draft, 'lot')
    expect([row?.state, row?.why.zh]).toEqual(['open', expect.stringMatching(said)])
  })

  it('a handheld alone makes a lot of 7.2.3, which waits for its antenna', () => {
    const lane = { ...carLane, id: 'reader', layout: '7.2.3', name: '手持机' }
    const draft = { ...withLanes(lane), open: { ...patrol.open, layout: '7.2.3' } } as SetupDraft
    expect(judged(draft).config?.lanes.map(({ place }) => place?.kind)).toEqual(['handheld'])
    const { devices: _, ...without } = draft
    const service = new SetupService(new MemoryPorts(without))
    expect(refusalOf(() => service.preview())).toMatchObject({
      code: 'SETUP-02',
      field: '/lanes/0/rsu',
    })
  })

  it('need no PSAM where they only read, and no survey', () => {
    const card = { ...patrol, charge: { mode: 'card', platform } } as SetupDraft
    expect(rowOf(card, 'charge')?.why.zh).toMatch(/^门架 的天线还没有 PSAM/)
    expect(new SetupService(new MemoryPorts(patrol)).get().siting['reader']).toBe(undefined)
  })

  it('stay as they are in an existing lot until a form changes them', () => {
    const ports = new MemoryPorts(patrol)
    const { config } = judged(patrol)
    const wished = { ...carLane, reader: { ...reader, marginM: 3 } }
    ports.kept = () => (config === null ? null : { config, tariff: demoTariff })
    const changed = judgeDraft(withLanes(gantryLane, wished), ports).config
    expect(changed?.lanes.map(({ id, place }) => [id, place])).toEqual([
      ['gantry', undefined],
      ['reader', { kind: 'handheld', fence, gnss: null, marginM: 3 }],
    ])
    expect(judgeDraft(withLanes(gantryLane, carLane), ports).config?.lanes).toEqual(config?.lanes)
  })

  it('are applied for at the platform; a street of piles by its piles', () => {
    const asked = { use: 'test', contact: '张工', reportId: null } as const
    const named = (draft: SetupDraft): SetupDraft =>
      ({ ...draft, lot: { ...draft.lot, qualification: '桂 1' } }) as SetupDraft
    const of = (draft: SetupDraft) => applicationOf(named(draft), asked).lanes
    expect(of(patrol)).toEqual([
      { ...gantryLane, devices: ['rsu'] },
      { id: 'reader', name: '巡检车', layout: '7.2.5', direction: 'exit', devices: ['rsu'] },
    ])
    expect(of(piles).map(({ id, devices }) => [id, devices])).toEqual([
      ['pile-a01', ['rsu']],
      ['pile-a02', ['rsu']],
      ['pile-a03', ['rsu']],
    ])
    expect(refusalOf(() => of({ ...piles, open: null }))).toMatchObject({ field: '/lot/lanes' })
  })
})
