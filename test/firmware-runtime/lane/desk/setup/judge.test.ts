// What each row of a set-up reports about a draft: not begun, incomplete, done, or refused with its fault, and whether the
// whole may be written. An error in the lot file is shown at the row whose form can fix it.
import { baseRules } from '#base/pure/rules/packs.ts'
import { sharedDevices } from '#lane/lot/files/own-devices.ts'
import { expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { SetupRowId } from '#lane/calls/setup-views.ts'
import type { TryWish } from '#devices/desk/lane/device-try.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { sitingOfLot } from '#lane/desk/setup/lane-siting.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const judged = (draft: SetupDraft) => judgeDraft(draft, new MemoryPorts())
const rowOf = (draft: SetupDraft, id: SetupRowId) => judged(draft).rows.find((row) => row.id === id)

it('an empty draft has two proposals, has begun nowhere else and may not be written', () => {
  const { rows, ready } = judged({ version: 1 })
  const begun = rows.filter(({ state }) => state !== 'notStarted')
  expect(begun.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'charge done',
    'offline done',
    'keep open',
  ])
  expect(ready).toBe(false)
})

it('a complete draft of real devices is a production lot that may be written', () => {
  const { rows, ready, config } = judged(wholeDraft)
  expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'lot done',
    'devices done',
    'tariff done',
    'charge done',
    'offline done',
    'people notStarted',
    'firstCar notStarted',
    'keep open',
  ])
  expect(ready).toBe(true)
  expect(config).toMatchObject({
    mode: 'production',
    capacity: 60,
    spaceKinds: { ordinary: 50, charging: 8, special: 2 },
    district: '东区',
    platform: 'later',
    caps: { totalFen: 30_000, count: 20, oldestMin: 4320 },
    intake: { host: '192.168.1.10', allow: ['192.168.1.50'] },
  })
})

it('what is filled in is no test of it: each row says whether it was tested, and by when', () => {
  const by = (passedAt: (wish: TryWish) => string | null, draft: SetupDraft = wholeDraft) =>
    new Map(
      judgeDraft(draft, new MemoryPorts(), undefined, passedAt).rows.map((row) => [row.id, row]),
    )
  const none = by(() => null)
  expect([...none.values()].map(({ id, test }) => `${id} ${test}`)).toEqual([
    'lot none',
    'devices missing',
    'tariff none',
    // Nothing to fill in: the platform is joined later.
    'charge none',
    'offline none',
    'people none',
    'firstCar none',
    'keep none',
  ])
  expect(none.get('devices')?.why.zh).toMatch(/还没有测试:入口 相机、入口 道闸.*出口 显示屏$/)
  const one = by(({ laneId, device }) => (laneId === 'exit' && device === 'barrier' ? 'T2' : null))
  expect(one.get('devices')).toMatchObject({ test: 'missing', testedAtIso: null })
  expect(one.get('devices')?.why.zh).not.toContain('出口 道闸')
  const all = by(({ device }) => (device === 'camera' ? 'T1' : 'T2'))
  expect(all.get('devices')).toMatchObject({ state: 'done', test: 'passed', testedAtIso: 'T1' })
  const link = 'tcp://192.168.1.60:9100'
  const printers = [{ id: 'printer', link, prints: 'asked', plate: 'whole' } as const]
  const paper: SetupDraft = { ...wholeDraft, printers }
  expect(by(() => null, paper).get('charge')).toMatchObject({ test: 'missing' })
  const tried = by((wish) => (wish.device === 'printer' && wish.link === link ? 'T3' : null), paper)
  expect(tried.get('charge')).toMatchObject({ test: 'passed', testedAtIso: 'T3' })
})

const { lot, devices, tariff, charge, offline } = wholeDraft
const exit = {
  ...devices.lanes['exit'],
  psams: [],
  ordersFrom: '',
  cameraTimeless: null,
  display: '',
  camera: '',
  barrier: '',
  rsu: '',
}

it.each([
  ['lot', 'open', { lot: { ...lot, name: ' ', lotId: '' } }, '名称、停车场编号'],
  ['lot', 'open', { lot: { ...lot, provinceCode: '1101' } }, '地区'],
  ['lot', 'open', { lot: { ...lot, name: '城东\u0000停车场' } }, '看不见的字符'],
  ['lot', 'open', { lot: { ...lot, lanes: lot.lanes.slice(0, 1) } }, '出口车道'],
  [
    'devices',
    'open',
    { devices: { ...devices, lanes: { exit } } },
    '出口 相机、道闸、显示屏、天线',
  ],
  ['devices', 'open', { devices: { ...devices, intake: null } }, '网卡'],
  ['tariff', 'failed', { lot: { ...lot, trade: 'filed' } }, '不收费'],
  ['tariff', 'done', { tariff }, '停 3 小时 20 分 = ¥ 9.00'],
  ['offline', 'done', { offline }, '20 辆、¥ 300.00、3 天'],
] as const)('row %s is %s', (id, state, change, says) => {
  const row = rowOf({ ...wholeDraft, ...change }, id)
  expect(row?.state).toBe(state)
  expect(row?.why.zh).toContain(says)
})

const exitWith = (rsu: string): SetupDraft => ({
  ...wholeDraft,
  devices: {
    ...devices,
    lanes: { ...devices.lanes, exit: { ...exit, camera: 'push:hikvision', rsu } },
  },
})

it.each([
  ['a link that is none', 'devices', exitWith('192.168.1.20'), 'LOT-03'],
  [
    'a charge by a platform that is not joined',
    'charge',
    { ...wholeDraft, charge: { ...charge, mode: 'online' }, offline: undefined },
    'LOT-02',
  ],
  [
    'caps of cards where the platform charges',
    'offline',
    { ...wholeDraft, charge: { ...charge, mode: 'online' } },
    'LOT-02',
  ],
] as const)('%s fails its own row, and nothing may be written', (_, id, draft, code) => {
  const { rows, ready } = judged(draft as SetupDraft)
  expect(rows.filter(({ state }) => state === 'failed').map((row) => row.id)).toEqual([id])
  expect(rows.find((row) => row.id === id)?.fault?.code).toBe(code)
  expect(ready).toBe(false)
})

it.each(['192.168.1.300', '10.0.0.08', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1..2.3'])(
  '%s is refused as an address, by field and value',
  (host) => {
    const link = `tcp://${host}:60001`
    const { rows } = judged(exitWith(link))
    expect(rows.find(({ id }) => id === 'devices')).toMatchObject({
      state: 'failed',
      fault: {
        code: 'LOT-03',
        field: '/lanes/1/rsu',
        value: link,
        message: expect.stringContaining(`${host} 不可能是网络地址`) as string,
      },
    })
  },
)

it.each(['192.168.1.30', '0.0.0.0', '255.255.255.255', 'rsu-1.lot', '1a.2.3.4'])(
  '%s is an address or a name',
  (host) => {
    const { rows } = judged(exitWith(`tcp://${host}:60001`))
    expect(rows.find(({ id }) => id === 'devices')?.state).not.toBe('failed')
  },
)

it('a payment gateway of the draft is that of the lot', () => {
  const gateway = { url: 'https://pay.example.com', caFile: null, merchantNo: 'M1', secret: 'pay' }
  expect(judged({ ...wholeDraft, gateway }).config?.gateway).toEqual(gateway)
  const wrong = judged({ ...wholeDraft, gateway: { ...gateway, merchantNo: 'a b' } })
  expect(wrong.rows.find(({ state }) => state === 'failed')).toMatchObject({
    id: 'charge',
    fault: { field: '/gateway/merchantNo' },
  })
})

it('an antenna that takes cards without a PSAM leaves its row open, and says what is missing', () => {
  const { lanes = {} } = wholeDraft.devices ?? {}
  const exit = { ...lanes['exit'], psams: [], ordersFrom: '' }
  const devices = { ...wholeDraft.devices, lanes: { ...lanes, exit } } as typeof wholeDraft.devices
  const platform = { url: 'https://etc.example.com', caFile: 'ca', certDir: 'c', appId: '45010001' }
  const rowOf = (mode: 'card' | 'online') =>
    judged({ ...wholeDraft, devices, charge: { ...charge, platform, mode } }).rows.find(
      ({ id }) => id === 'charge',
    )
  expect(rowOf('card')?.state).toBe('open')
  expect(rowOf('card')?.why.en).toContain('PSAM')
  expect(rowOf('online')?.why.en ?? '').not.toContain('PSAM')
})

const printer = { id: 'printer', link: '', prints: 'asked', plate: 'whole' } as const
const scanner = { id: 'scanner', link: '', lane: 'exit' }

it('what was begun beside the lanes and has no address yet leaves its row open, and the lot goes without', () => {
  const gateway = { url: '', caFile: null, merchantNo: '', secret: 'pay' }
  const begun = judged({ ...wholeDraft, gateway, printers: [printer], scanners: [scanner] })
  const charge = begun.rows.find(({ id }) => id === 'charge')
  expect(charge?.state).toBe('open')
  expect(charge?.why.zh).toContain('网关地址、商户号、打印机地址、扫码器地址')
  expect(begun.ready).toBe(true)
  expect(begun.config).not.toHaveProperty('gateway')
  expect(begun.config).not.toHaveProperty('printers')
  expect(begun.config).not.toHaveProperty('scanners')
})

it.each([
  ['charge', '/printers/0/link', { printers: [{ ...printer, link: 'usb:1' }] }],
  [
    'charge',
    '/scanners/0/lane',
    { scanners: [{ ...scanner, link: 'hid:0C2E:0B61', lane: 'entry' }] },
  ],
  ['charge', '/plateMatch/scoreMin', { settings: { 'plateMatch.scoreMin': 5 } }],
  ['keep', '/time/servers/0', { time: { servers: ['ntp pool'] } }],
  ['keep', '/time/servers/0', { time: { servers: ['192.168.1.300:123'] } }],
  ['charge', '/printers/0/link', { printers: [{ ...printer, link: 'tcp://192.168.1.300:9100' }] }],
] as const)('row %s says that %s is refused', (id, field, change) => {
  const { rows, ready } = judged({ ...wholeDraft, keep: { to: '' }, ...change } as SetupDraft)
  expect(rows.find(({ state }) => state === 'failed')).toMatchObject({ id, fault: { field } })
  expect(ready).toBe(false)
})

it('a real printer or a HID scanner beside simulators makes it a lot that refuses the simulators', () => {
  const draft = { ...wholeDraft, devices: { lanes: { exit }, intake: null } }
  const { lanes } = { lanes: { exit: { ...exit, rsu: 'tcp://127.0.0.1:60001' } } }
  const rehearsal = { ...draft, devices: { lanes, intake: null } }
  expect(judged(rehearsal).config?.mode).toBe('demo')
  for (const link of ['tcp://192.168.1.60:9100', 'hid:0C2E:0B61'])
    expect(judged({ ...rehearsal, scanners: [{ ...scanner, link }] }).config?.mode).toBe(
      'production',
    )
})

it('simulators of this machine alone make a rehearsal; one real device makes it production', () => {
  const simulated = { ...exit, rsu: 'tcp://127.0.0.1:60001' }
  const lanes = { entry: exit, exit: simulated }
  const rehearsal = { ...wholeDraft, devices: { lanes, intake: null } }
  expect(judged(rehearsal).config?.mode).toBe('demo')
  const mixed = { lanes: { ...lanes, exit: { ...simulated, barrier: 'tcp://192.168.1.30:502' } } }
  const config = judged({ ...wholeDraft, devices: { ...mixed, intake: null } }).config
  expect(config?.mode).toBe('production')
})

it('two lanes on one device fail the devices, and are told of a lot that has them', () => {
  const two = (entry: object, own: object) => {
    const lanes = { entry: { ...devices.lanes['entry'], ...entry }, exit: { ...exit, ...own } }
    return { ...wholeDraft, devices: { ...devices, lanes } } as SetupDraft
  }
  const barrier = 'tcp://192.168.1.40:502'
  for (const [kind, link, same] of [
    ['barrier', barrier, `${barrier}?unit=1`],
    ['camera', 'vz://192.168.1.50', 'vz://192.168.1.50'],
    ['rsu', 'serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB0?variant=generic-ver'],
  ] as const) {
    const row = rowOf(two({ [kind]: link }, { [kind]: same }), 'devices')
    expect([kind, row?.state]).toEqual([kind, 'failed'])
    if (kind !== 'rsu')
      expect(row?.fault).toMatchObject({
        code: 'LOT-02',
        field: `/lanes/1/${kind}`,
        message: expect.stringContaining('同一台设备'),
      })
  }
  const apart = judged(two({ barrier }, { barrier: `${barrier}?unit=2` }))
  expect(apart.rows.find(({ id }) => id === 'devices')?.state).not.toBe('failed')
  const { config } = apart
  if (config === null) throw new Error('no lot')
  expect(sharedDevices(config)).toEqual([])
  const lanes = config.lanes.map((lane) => ({ ...lane, barrier }))
  expect(sharedDevices({ lanes })).toMatchObject([{ field: '/lanes/1/barrier', value: barrier }])
})

it('a reused lane is an entry and an exit with one boom, and its inner trigger is wired', () => {
  const lanes = lot.lanes.map((lane) => ({ ...lane, layout: '7.1.3' }))
  const shared = { ...devices.lanes, exit: { ...exit, camera: 'push:hikvision' } }
  const draft = { ...wholeDraft, lot: { ...lot, lanes }, devices: { ...devices, lanes: shared } }
  expect(judged(draft).config?.lanes).toMatchObject([
    { id: 'entry', sensors: [{ role: 'inner', link: 'barrier:?di=4' }] },
    { id: 'exit', sharesBarrierOf: 'entry', barrier: null },
  ])
  const alone = { ...draft, lot: { ...lot, lanes: lanes.slice(1) } }
  expect(rowOf(alone, 'lot')).toMatchObject({ state: 'failed', fault: { code: 'LOT-02' } })
})

it('what stands where a clause does not want it fails the devices, unless a reason is given', () => {
  const low = { measures: { antennaHeightMm: 2400 } }
  const draft: SetupDraft = { ...wholeDraft, siting: { exit: low } }
  const row = rowOf(draft, 'devices')
  expect(row).toMatchObject({ state: 'failed', fault: null })
  expect(row?.why.zh).toBe('出口 7.1.1 c:天线距路面高度 2.40 m;天线高度宜 ≥ 2.5 m')
  expect(judged(draft).ready).toBe(false)
  const said = { ...draft, siting: { exit: { ...low, deviation: '梁低' } } }
  expect(rowOf(said, 'devices')?.state).toBe('done')
  const { config } = judged(said)
  expect(config?.lanes[1]?.siting).toEqual({ ...low, deviation: '梁低' })
  expect(config === null ? null : sitingOfLot(config, baseRules).fits).toBe(true)
})

it('an antenna at an entry fails by 8.1.1.1 a, reason or not', () => {
  const lanes = { ...devices.lanes, entry: { ...exit, rsu: 'tcp://192.168.1.20:60001' } }
  const draft: SetupDraft = {
    ...wholeDraft,
    devices: { ...devices, lanes },
    siting: { entry: { measures: {}, deviation: '已有' } },
  }
  expect(rowOf(draft, 'devices')?.why.zh).toContain('入口 8.1.1.1 a')
  expect(judged(draft).ready).toBe(false)
})

it('the tariff is of version 2: one band with its steps and cap, and none where nothing is charged', () => {
  expect(tariffOfDraft(wholeDraft)).toMatchObject({
    version: 2,
    use: 'commercial',
    editions: [
      {
        graceAfterPayMin: 15,
        plans: [{ freeMin: 15, bands: [{ from: '00:00', to: '24:00' }], caps: { dayFen: 2000 } }],
      },
    ],
  })
  const filed: SetupDraft = { ...wholeDraft, lot: { ...lot, trade: 'filed' }, tariff: undefined }
  expect(tariffOfDraft(filed)).toMatchObject({ use: 'nonCommercial', editions: [] })
  expect(rowOf(filed, 'tariff')).toMatchObject({ state: 'done' })
  expect(judged(filed).ready).toBe(true)
})

it('people are no obstacle: none is said with what it means, some are named, a file that cannot be read refuses', () => {
  const ports = new MemoryPorts()
  const people = () => judgeDraft(wholeDraft, ports).rows.find(({ id }) => id === 'people')
  expect(people()?.why.zh).toContain('任何人打开窗口')
  const named = (...names: readonly string[]) =>
    names.map((name) => ({ name, role: 'owner' }) as const)
  ports.people = () => named('王老板', '张三', '李四', '赵五')
  expect(people()).toMatchObject({
    state: 'done',
    why: { zh: '王老板(业主)、张三(业主)、李四(业主) 等 4 人' },
  })
  ports.people = () => {
    throw new LaneFault('PEOPLE-11', { file: 'people.json' })
  }
  expect(people()).toMatchObject({ state: 'failed', fault: { code: 'PEOPLE-11' } })
  expect(judgeDraft(wholeDraft, ports).ready).toBe(false)
})
