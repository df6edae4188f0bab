// A corpus of lots: each layout in both modes and both ways of charging, a lot with every member, an open lot with
// places, and the drafts that the set-up forms make of them. All names, numbers and addresses are invented.
import { readDraft } from '#lane/desk/setup/draft-file.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import type { LotFiles } from '#lane/desk/setup/lot-words.ts'
import { laneOf, layoutNames } from '#lane/pure/layouts/index.ts'
import {
  laneSitingRow,
  streetSitingRow,
  sitingMeasures,
  type SitingMeasure,
} from '#base/pure/lot/siting-measures.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson, type Json } from '#base/pure/data/json.ts'
import { present } from '#base/pure/values/must.ts'
import { layoutDraft } from '../firmware-runtime/lane/desk/setup/layout-draft.ts'
import { MemoryPorts, wholeDraft } from '../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { differencesOf, linesOf } from './pin.ts'

const site = {
  production: {
    host: '192.168.1.30',
    intake: { host: '192.168.1.10', port: 18_080, cameras: ['192.168.1.50'] },
  },
  demo: { host: '127.0.0.1', intake: { host: '127.0.0.1', port: 18_080, cameras: ['127.0.0.1'] } },
}
const joined = (host: string) => ({
  url: `https://${host}:8443`,
  caFile: 'ca.pem',
  certDir: 'certs',
  appId: 'APP1',
})

/** The draft that the set-up makes for a layout with all its devices. */
function draftOf(layout: string, mode: keyof typeof site, charge: 'card' | 'online'): SetupDraft {
  const platform = joined(mode === 'demo' ? '127.0.0.1' : '192.168.1.5')
  return {
    ...layoutDraft(layout, site[mode]),
    charge: { mode: charge, platform },
    offline: {
      ...wholeDraft.offline,
      policy: charge === 'card' ? 'accept-within-caps' : 'settle-later',
    },
  }
}

/** Layouts with an entry and an exit. */
export const driven = layoutNames.filter((name) =>
  (['entry', 'exit'] as const).every((way) => laneOf(name, way) !== null),
)

export const layoutDrafts: Readonly<Record<string, SetupDraft>> = Object.fromEntries(
  driven.flatMap((layout) =>
    (['production', 'demo'] as const).flatMap((mode) =>
      (['card', 'online'] as const).map((charge) => [
        `${layout}.${mode}.${charge}`,
        draftOf(layout, mode, charge),
      ]),
    ),
  ),
)

/** Each measure of a lane or a street at its least value. */
const measuresOf = ({ members }: typeof laneSitingRow | typeof streetSitingRow) =>
  Object.fromEntries(
    Object.keys(members.measures.members).map((name) => {
      const one = sitingMeasures[name as SitingMeasure]
      return [name, one.unit === 'yesNo' ? true : one.min]
    }),
  )
const measures = measuresOf(laneSitingRow)
const records = {
  ...joined('192.168.1.6'),
  suite: 'GM',
  pacePerMin: 90,
  encryptVehicleIds: true,
  records: ['exit', 'monitoring'],
} as const

/** Every form filled in, with every member. */
const earlierDraft = {
  ...draftOf('7.1.1', 'production', 'card'),
  lot: { ...wholeDraft.lot, qualification: '停管 001' },
  siting: { exit: { measures, deviation: '梁低' } },
  charge: {
    mode: 'card',
    largeFen: 5000,
    largeFourEyes: true,
    largeByCode: true,
    platform: { ...records, twoStep: true, fileCipher: 'SM4-CBC', filesFrom: 500 },
  },
  operator: { ...records, province: '45' },
  etcOperator: { ...joined('192.168.1.7'), suite: 'GM', province: '45' },
  reservation: {
    broker: 'mqtts://192.168.1.8:8883',
    url: 'https://192.168.1.8',
    caFile: 'r.pem',
    appId: 'R1',
    parkCode: 'P1',
    secret: 'reserve',
    spaces: 5,
  },
  gateway: { url: 'https://pay.example', caFile: 'p.pem', merchantNo: 'M1', secret: 'pay' },
  printers: [
    {
      id: 'desk',
      link: 'tcp://192.168.1.60:9100',
      lanes: ['exit'],
      prints: 'always',
      plate: 'masked',
      drawer: 'pin2',
    },
  ],
  scanners: [{ id: 'scan', link: 'hid:0C2E:0B61', lane: 'exit' }],
  rules: { scoreMin: 90, marginMin: 10, aloneFenMax: 2000 },
  centre: { url: 'https://centre.example.com:8443' },
  updates: { from: 'https://updates.example.com/etc-lane', look: 'daily' },
  published: {
    // At no card of any machine.
    host: '192.0.2.10',
    port: 18_443,
    keyFile: '/k/tls.key',
    certFile: '/k/tls.pem',
    certDir: '/k/own',
    web: true,
    partners: [
      {
        id: 'PARKSOFT',
        certFile: '/k/parksoft.pem',
        webhook: { url: 'https://park.example.com/events', caFile: '/k/park-ca.pem' },
        rights: ['orders', 'spaces'],
      },
    ],
  },
  time: { servers: ['ntp.example'], receiver: 'serial:/dev/ttyS3', mayStep: false },
  stamps: { url: 'http://tsa.example/stamp' },
  keep: { to: '/mnt/copies', photoGb: 40 },
}
/** A draft as an older file holds it, written before settings had rows. */
const renewed = readDraft(JSON.stringify(earlierDraft), 'setup.json')
export const fullDraft: SetupDraft = {
  ...renewed,
  settings: {
    ...renewed.settings,
    plateTolerance: 0,
    configTellMin: 30,
    'upkeep.stayDays': 60,
    'upkeep.spaceHours': 48,
    'upkeep.photoDays': 400,
    'upkeep.backupsKept': 9,
    'upkeep.backupHour': 3,
    'upkeep.diskWarnMb': 900,
    'safety.holdSec': 120,
    'safety.testSec': 20,
    'caps.blacklistAgeMin': 1000,
    'caps.signInAgeMin': 200,
    'caps.perCardFen': 777,
  },
}

export const configOf = (draft: SetupDraft, ports = new MemoryPorts()) =>
  judgeDraft(draft, ports).config

/** A camera that the program turns. */
const high = {
  id: 'high',
  link: 'push:hikvision',
  spaces: { 1: 'A02', 2: 'A03' },
  plan: {
    control: 'hikvision://192.168.1.92?user=admin&secret=cam',
    dwellSec: 60,
    presets: [
      { number: 1, spaces: ['A02'] },
      { number: 2, spaces: ['A03'] },
    ],
  },
} as const

/** A lot file with every member that a lot with lanes may have. */
export const fullLot = (): Record<string, unknown> => {
  const made = present(configOf(fullDraft), 'the full draft is a lot')
  return {
    ...made,
    nodeId: 'n7',
    layout: '7.1.1',
    name: { zh: '城东停车场', en: 'East car park' },
    plateTolerance: 0,
    configTellMin: 30,
    cardNetworks: ['4501', '4401'],
    configVersion: 'C-1',
    help: {
      hook: { url: 'https://hook.example/help', caFile: 'h.pem', secret: 'help' },
      afterSec: 60,
      buttons: [{ lane: 'exit', link: 'tcp://192.168.1.70:502?di=2' }],
    },
    invoices: { url: 'https://tax.example.com/{receiptNo}?check={check}' },
    areas: [{ name: 'B1', spaces: 20 }],
    boards: [{ id: 'road', link: 'tcp://192.168.1.61:5000?rows=1', part: 'B1' }],
    upkeep: {
      photoDays: 400,
      photoGb: 40,
      backupsKept: 9,
      backupHour: 3,
      diskWarnMb: 900,
      stayDays: 60,
      spaceHours: 48,
    },
    reports: [
      {
        report: 'day',
        every: 'day',
        at: '06:30',
        to: '/mnt/reports',
        formats: ['csv', 'pdf'],
        language: 'en',
      },
    ],
    safety: { holdSec: 120, testSec: 20 },
    spaces: [{ id: 'ground', link: 'push:nb-iot', spaces: { d1: 'B1' }, heartbeatMin: 60 }, high],
    copies: { to: 'sftp://lot@192.168.1.9:22/copies', hostKey: `SHA256:${'A'.repeat(43)}` },
    lanes: made.lanes.map((lane) => ({
      ...lane,
      layout: '7.1.1',
      area: 'B1',
      sensors: [{ kind: 'loop', role: 'presence', link: 'barrier:?di=5' }],
      ...(lane.id === 'exit' ? { psams: ['370100000001'], cameraTimeless: true } : {}),
    })),
  }
}

const fence = {
  shape: 'circle',
  center: { latMicrodeg: 22_800_000, lonMicrodeg: 108_300_000 },
  radiusM: 500,
}
const corners = [
  [22_799_000, 108_299_000],
  [22_801_000, 108_299_000],
  [22_801_000, 108_301_000],
] as const
const around = {
  shape: 'polygon',
  points: corners.map(([latMicrodeg, lonMicrodeg]) => ({ latMicrodeg, lonMicrodeg })),
}
/** Piles and a handheld of an open lot. */
export const openLot = (): Record<string, unknown> => {
  const {
    lanes: _,
    areas: _within,
    boards: _shown,
    spaces: _none,
    published: _closed,
    ...lot
  } = fullLot()
  const none = { rsu: 'tcp://192.168.1.90:60001', camera: null, barrier: null, display: null }
  const place = (id: string, layout: string, at: object) => ({
    id,
    name: { zh: id, en: id },
    direction: 'exit',
    layout,
    ...none,
    place: at,
  })
  return {
    ...lot,
    chargeMode: 'online',
    offline: 'settle-later',
    printers: [],
    scanners: [],
    help: { afterSec: 60 },
    lanes: [
      place('pile', '7.2.2', {
        kind: 'etc-pile',
        space: 'B1',
        position: { latMicrodeg: 22_800_000, lonMicrodeg: 108_300_000, accuracyM: 5 },
        fence,
        marginM: 10,
      }),
      place('walk', '7.2.3', {
        kind: 'handheld',
        fence: around,
        gnss: 'tcp://127.0.0.1:2947',
        marginM: 10,
        staleSec: 20,
      }),
    ],
    spaces: [{ id: 'ground', link: 'push:nb-iot', spaces: { d1: 'B1', d2: 'B2' } }],
  }
}

const streets = [
  {
    name: '民族大道',
    stand: 'parallel',
    siting: { measures: measuresOf(streetSitingRow), deviation: '路灯杆低' },
    spaces: [
      {
        id: 'A01',
        sensor: 'ground/d1',
        witness: 'ground/r1',
        pile: 'tcp://192.168.1.91:60001',
        position: { latMicrodeg: 22_800_000, lonMicrodeg: 108_300_000, accuracyM: 5 },
      },
      { id: 'A02', isApart: true },
    ],
  },
] as const
const ground = [{ id: 'ground', link: 'push:nb-iot', spaces: {}, heartbeatMin: 60 }, high]

/** A street of piles. */
export const streetLot = (): Record<string, unknown> => {
  const { spaceKinds: _, reservation: _booked, ...lot } = openLot()
  return { ...lot, layout: '7.2.2', capacity: 2, lanes: [], streets, spaces: ground }
}

/** The forms of a street of piles. */
export const streetDraft: SetupDraft = {
  ...fullDraft,
  lot: {
    ...present(fullDraft.lot, 'a form of the lot'),
    spaces: { ordinary: 2, charging: 0, special: 0 },
    lanes: [],
  },
  open: { layout: '7.2.2', streets, sensors: ground },
  devices: { lanes: {}, intake: null },
  printers: [],
  scanners: [],
  reservation: null,
  published: null,
  charge: { ...present(fullDraft.charge, 'a form of the charge'), mode: 'online' },
  offline: { ...present(fullDraft.offline, 'a form of the network'), policy: 'settle-later' },
}

const corner = (latMicrodeg: number, lonMicrodeg: number) => ({ latMicrodeg, lonMicrodeg })
const antenna = { id: 'gantry', name: '门架', layout: '7.2.5', direction: 'exit' } as const
const car = { ...antenna, name: '巡检车' }
const noLinks = { camera: '', barrier: '', display: '', ordersFrom: '', cameraTimeless: null }
const antennaAt = (port: number) => ({ ...noLinks, psams: [], rsu: `tcp://192.168.1.60:${port}` })
/** A gantry and two patrol cars, with either form of a fence. */
export const patrolDraft: SetupDraft = {
  ...streetDraft,
  lot: {
    ...present(streetDraft.lot, 'a form of the lot'),
    lanes: [
      {
        ...car,
        id: 'reader',
        reader: {
          fence: { shape: 'circle', center: corner(22_800_000, 108_300_000), radiusM: 200 },
          gnss: 'tcp://192.168.1.61:2947',
          marginM: 5,
          staleSec: 8,
        },
      },
      {
        ...car,
        id: 'reader-2',
        reader: {
          fence: {
            shape: 'polygon',
            points: [
              corner(22_800_000, 108_300_000),
              corner(22_800_000, 108_301_000),
              corner(22_801_000, 108_301_000),
            ],
          },
          gnss: '',
          marginM: null,
          staleSec: null,
        },
      },
      antenna,
    ],
  },
  open: {
    layout: '7.2.5',
    streets: streets.map((street) => ({
      ...street,
      spaces: street.spaces.map((space) => ({ ...space, pile: undefined })),
    })),
    sensors: ground,
  },
  devices: {
    lanes: { gantry: antennaAt(1), reader: antennaAt(2), 'reader-2': antennaAt(3) },
    intake: null,
  },
}

/** An entry and an exit that share one lane and its boom. */
export const reusedLot = (): Record<string, unknown> =>
  ({ ...present(configOf(draftOf('7.1.3', 'production', 'card')), 'a reused lane') }) as Record<
    string,
    unknown
  >

const shownMax = 4
/** The first members that differ, and the number of further ones. */
export function otherwise(was: readonly string[], is: readonly string[]): string {
  const all = differencesOf(was, is)
  const more = all.length - shownMax
  return [...all.slice(0, shownMax), ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** How a lot is read: unchanged, the different result, or the code and field of its refusal. */
export function readAs(value: unknown): string {
  try {
    const config = checkLot(value, 'lot.json')
    const others = otherwise(linesOf(value), linesOf(config))
    return others === '' ? 'ok' : `ok, ${others}`
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return `${error.code} ${error.detail.field ?? ''}`
  }
}

/** Through the forms and back: the same lot, the difference, or the incomplete rows. */
export function throughForms(files: LotFiles): string {
  const ports = new MemoryPorts()
  ports.keptNow = files
  const { config, rows } = judgeDraft(draftOfLot(files), ports)
  if (config === null) return rowsOf(rows)
  return otherwise(linesOf(files.config), linesOf(config)) || 'the same'
}

export const rowsOf = (rows: ReturnType<typeof judgeDraft>['rows']): string =>
  rows
    .filter(({ state }) => state !== 'done')
    .map(({ id, state, fault }) =>
      `${id} ${state} ${fault?.code ?? ''} ${fault?.field ?? ''}`.trimEnd(),
    )
    .join('; ')

export const tariff = present(tariffOfDraft(wholeDraft), 'a tariff')
export const canonical = (value: unknown): string => canonicalJson(value as Json)
