// A lot file read into the set-up draft and written back is the same lot, with each optional member and without it. The
// same for its tariff, also that of a lot that charges nothing.
import { describe, expect, it } from 'vitest'
import { setupDraft, type SetupDraft } from '#lane/calls/setup-draft.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { seeded, TariffMaker } from '../../../money/pure/billing/random-tariffs.ts'
import { lotFile } from '../../lot/lot-kit.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

type File = Record<string, unknown>
const { layout: _, ...demo } = lotFile()
/** A lot with real devices and a real platform address instead of simulators. */
const real = JSON.parse(JSON.stringify(demo).replaceAll('127.0.0.1', '192.168.1.30')) as typeof demo
const { lanes: plainLanes, ...plain } = { ...real, mode: 'production' as const }
const channel = { url: 'https://p.example', caFile: 'ca.pem', certDir: 'certs', appId: 'APP1' }
const [entry, exit] = plainLanes

/** Every optional member of a lot file. */
const more: File = {
  spaceKinds: { ordinary: 60, charging: 10, special: 4 },
  district: '东区',
  qualification: '备案 7',
  plateMatch: { scoreMin: 90, marginMin: 10 },
  largeFourEyes: true,
  largeByCode: true,
  cardNetworks: ['4501'],
  aloneFenMax: 2000,
  platform: {
    ...channel,
    suite: 'GM',
    encryptVehicleIds: true,
    pacePerMin: 30,
    twoStep: true,
    filesFrom: 9,
    records: ['exit'],
  },
  operator: { ...channel, pacePerMin: 30, suite: 'GM', encryptVehicleIds: false, records: [] },
  etcOperator: { ...channel, suite: 'GM', province: '45' },
  configVersion: '3',
  gateway: { url: 'https://pay.example', caFile: null, merchantNo: 'M1', secret: 'pay' },
  reservation: {
    broker: 'mqtts://b.example:8883',
    url: 'https://b.example',
    caFile: null,
    appId: 'APP1',
    parkCode: 'P1',
    secret: 'reservation',
    spaces: 5,
  },
  help: { afterSec: 60, hook: { url: 'https://h.example', caFile: null, secret: 'hook' } },
  scanners: [{ id: 'scan', link: 'tcp://192.168.1.61:9000', lane: 'exit' }],
  printers: [
    { id: 'desk', link: 'tcp://192.168.1.60:9100', lanes: ['exit'], drawer: 'pin5' },
    { id: 'other', link: 'tcp://192.168.1.62:9100', prints: 'always', plate: 'none' },
  ],
  intake: { host: '192.168.1.10', port: 18_080, allow: ['192.168.1.50'] },
  upkeep: { photoDays: 400, photoGb: 40, backupHour: 3 },
  copies: { to: 'sftp://u@s.example:22/copies', hostKey: `SHA256:${'A'.repeat(43)}` },
  reports: [{ report: 'day', every: 'day', at: '04:00', to: '/r', formats: ['csv'] }],
  time: { servers: ['ntp.example'], receiver: 'serial:/dev/ttyS3', mayStep: false },
  stamps: { url: 'http://tsa.example/stamp' },
  safety: { holdSec: 60, testSec: 10 },
}
const pile = {
  id: 'pile',
  name: { zh: '桩', en: 'Pile' },
  direction: 'exit',
  layout: '7.1.1',
  rsu: 'tcp://192.168.1.70:60001',
  camera: null,
  barrier: null,
  display: null,
}
const place = { kind: 'etc-pile', space: 'A1' }
const lanesOf = (n: number): File[] => [
  ...Array.from({ length: n }, (__, i) => ({ ...entry, id: `entry-${i}`, barrier: null })),
  { ...exit },
]
const others: Readonly<Record<string, File>> = {
  'a platform that comes later': { platform: 'later' },
  'no platform': { platform: null },
  'names that differ': { name: { zh: '城东', en: 'East' } },
  'a large amount of its own': { largeAmountFen: 5_000 },
  'money at risk by the minute': { caps: { ...plain.caps, perCardFen: 777, oldestMin: 4_000 } },
  'no time at risk': { caps: { ...plain.caps, oldestMin: 44_640 } },
  'online, and every amount': { chargeMode: 'online', offline: 'settle-later' },
  'no tolerance': { plateTolerance: 0 },
  'as many lanes as there may be': { lanes: lanesOf(63) },
  'a lane with all that it may have': {
    lanes: [
      { ...entry, area: 'B1', siting: { measures: { antennaHeightMm: 5000 }, deviation: '梁' } },
      {
        ...exit,
        display: 'tcp://192.168.1.40:5000',
        psams: ['370100000001'],
        sensors: [{ kind: 'loop', role: 'arrive', link: 'tcp://192.168.1.30:502?di=2' }],
      },
    ],
  },
  'a lane without anything': {
    lanes: [{ ...entry, rsu: null, camera: null, barrier: null, display: null }, exit],
  },
  'a rehearsal': demo,
  'a rehearsal without devices': {
    ...demo,
    platform: null,
    lanes: demo.lanes.map((lane) => ({ ...lane, rsu: null, camera: null, barrier: null })),
  },
  'a pile before its lanes': { lanes: [{ ...pile, place }, ...plainLanes] },
  'no link that tells whether it is real': {
    lanes: plainLanes.map((lane) => ({ ...lane, rsu: null, camera: null, barrier: null })),
    platform: 'later',
  },
}
const without = (name: string): File =>
  Object.fromEntries(Object.entries(more).filter(([one]) => one !== name))
const corpus: readonly (readonly [string, File])[] = [
  ['the plain one', {}],
  ['everything', more],
  ...Object.keys(more).map((name) => [`with ${name}`, { [name]: more[name] }] as const),
  ...Object.keys(more).map((name) => [`without ${name}`, without(name)] as const),
  ...Object.entries(others),
]
const tariff = new TariffMaker(seeded(1)).tariff()

describe.each(corpus)('%s', (_name, over) => {
  const config: LotConfig = checkLot({ ...plain, lanes: plainLanes, ...over }, 'lot.json')
  const draft = draftOfLot({ config, tariff })
  it('is a draft that is kept as it is', () => {
    expect(setupDraft().parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })
  it('is the same lot', () => {
    const ports = new MemoryPorts()
    ports.keptNow = { config, tariff }
    expect(judgeDraft(draft, ports).config).toEqual(config)
  })
})

it('a tariff that charges nothing is of a lot that is on record so', () => {
  const own = { ...tariff, use: 'nonCommercial', editions: [] }
  const stateOf = (trade: 'commercial' | 'filed') => {
    const lot = { ...wholeDraft.lot, trade }
    const { rows } = judgeDraft({ ...wholeDraft, lot, tariff: own }, new MemoryPorts())
    return rows.find(({ id }) => id === 'tariff')?.state
  }
  expect([stateOf('commercial'), stateOf('filed')]).toEqual(['failed', 'done'])
})

describe('a tariff', () => {
  const many = Array.from({ length: 400 }, (__, seed) => new TariffMaker(seeded(seed)).tariff())
  it.each(['commercial', 'nonCommercial'] as const)('of %s use is the same', (use) => {
    const own = many.filter((one) => one.use === use)
    expect(own.length).toBeGreaterThan(3)
    for (const one of own) {
      const trade = use === 'commercial' ? 'commercial' : 'filed'
      const lot = { ...wholeDraft.lot, trade } as const
      const draft = setupDraft().parse({ ...wholeDraft, lot, tariff: one }) as SetupDraft
      expect(tariffOfDraft(draft)).toEqual(one)
      const ports = new MemoryPorts(draft)
      const verdict = judgeDraft(draft, ports)
      expect(verdict.rows.find(({ id }) => id === 'tariff')?.state).toBe('done')
      const service = new SetupService(ports)
      service.begin(service.preview().digest, { by: 'a', reason: 'b' })
      expect(JSON.parse(ports.tariffText)).toEqual(JSON.parse(JSON.stringify(one)))
    }
  })
})
