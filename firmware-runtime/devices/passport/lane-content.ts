// The current state of a lane as the tables of a passport: everything as reported, with its origin. Nothing is filled
// in: unknown values are null, and values that a device did not report are absent.
import { laneKinds, type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { GeoPoint } from '#base/pure/place/fence.ts'
import type { PlaceConfig } from '../pure/place/place.ts'
import { standardPlace } from '#base/pure/place/place-members.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import {
  emptyContent,
  isCertificateId,
  type PassportContent,
  type PassportRow,
} from '#base/pure/passport/tables.ts'
import { hardwareName, serialName, type DeviceReading } from '#base/pure/passport/versions.ts'
import type { LaneDevice } from '../settings/lane-device.ts'
import type { SettingsStore } from '../settings/settings-store.ts'

export interface LaneFacts {
  readonly config: LotConfig
  readonly lane: LaneConfig
  readonly version: string
  readonly device: LaneDevice | null
  /** What each device said last of its version; null: it does not answer. */
  versionOf(device: LaneKind): DeviceReading | null
  /** Text of the barrier's wiring, or null. */
  readonly wiring: string | null
  readonly profiles: readonly PassportRow<'profile'>[]
  readonly tests: readonly PassportRow<'test'>[]
  photo(photoId: string): Promise<Uint8Array | null>
}

export interface MadeBy {
  readonly by: string
  readonly reason: string
  readonly certificateId: string | null
  readonly atMs: InstantMs
}

/** PASSPORT-05 for anything but 32 letters and digits. */
export function checkedCertificateId(text: string | undefined): string | null {
  if (text === undefined) return null
  if (isCertificateId(text)) return text
  throw new LaneFault('PASSPORT-05', {
    field: 'certificateId',
    value: text.slice(0, 40),
    note: `${text.length} characters`,
  })
}

/** Simulators have another address at each start, so it is left out. */
const plainLink = (url: string, demo: boolean): string =>
  demo ? url.replace(/^(\w+):[^?]*/, '$1:') : url

function about({ config, lane, version }: LaneFacts, made: MadeBy): PassportRow<'about'>[] {
  const rows: readonly (readonly [string, string | null])[] = [
    ['format', '1'],
    ['lotId', config.lotId],
    ['lotName', config.name.zh],
    ['mode', config.mode],
    ['chargeMode', config.chargeMode],
    ['laneId', lane.id],
    ['laneName', lane.name.zh],
    ['direction', lane.direction],
    ['madeAtIso', isoOf(made.atMs)],
    ['by', made.by],
    ['reason', made.reason],
    ['software', version],
    ['jointTestCertificateId', made.certificateId],
  ]
  return rows.map(([name, value]) => ({ name, value }))
}

const pointText = ({ latMicrodeg, lonMicrodeg }: GeoPoint): string =>
  `${latMicrodeg},${lonMicrodeg}`

/** Where charging is allowed, in one line: another fence is another place. */
function placeText(place: PlaceConfig): string {
  const { fence, marginM = standardPlace.marginM } = place
  const own =
    place.kind === 'handheld'
      ? `${place.staleSec ?? standardPlace.staleSec} s`
      : `${place.space} ${place.position === undefined ? '' : pointText(place.position)}`.trim()
  const drawn =
    fence === undefined
      ? 'no fence'
      : fence.shape === 'circle'
        ? `circle ${pointText(fence.center)} ${fence.radiusM} m`
        : `polygon ${fence.points.map(pointText).join(' ')}`
  return `${place.kind} ${own}; ${drawn}; ${marginM} m`
}

function identity(facts: LaneFacts): PassportRow<'identity'>[] {
  const { config, lane, device, wiring } = facts
  const links = laneKinds.flatMap((kind) => {
    const url = lane[kind]
    if (url === null) return []
    const value = plainLink(url, config.mode === 'demo')
    return [{ device: kind, name: 'link', value, source: 'config' }]
  })
  const boom =
    wiring === null
      ? []
      : [{ device: 'barrier', name: 'wiring', value: wiring, source: 'config' as const }]
  const where =
    lane.place === undefined
      ? []
      : [{ device: 'rsu', name: 'place', value: placeText(lane.place), source: 'config' }]
  return [...links, ...boom, ...where, ...reportedIdentity(device), ...toldIdentity(facts)]
}

/** The settings of the antenna have its own version; other devices have what they answered. */
const othersTold = ({ versionOf }: Pick<LaneFacts, 'versionOf'>) =>
  laneKinds.flatMap((device) => {
    const reading = device === 'rsu' ? null : versionOf(device)
    return reading === null ? [] : [{ device, ...reading }]
  })

const toldIdentity = (facts: LaneFacts): PassportRow<'identity'>[] =>
  othersTold(facts).flatMap(({ device, hardware, serial }) =>
    [
      { name: hardwareName, value: hardware },
      { name: serialName(device), value: serial },
    ].flatMap(({ name, value }) =>
      value === null ? [] : [{ device, name, value, source: 'device' }],
    ),
  )

function reportedIdentity(device: LaneDevice | null): PassportRow<'identity'>[] {
  const reported = device?.settingsStore.identity ?? null
  if (reported === null) return []
  const psams = reported.psams.map(({ terminal }, i) => [`psam${i + 1}`, terminal] as const)
  const own = [
    ['manufacturer', reported.manufacturer],
    [serialName('rsu'), reported.rsuId],
    [hardwareName, reported.hardwareVersion ?? ''],
    ...psams,
  ] as const
  return own
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ device: 'rsu', name, value, source: 'device' }))
}

function firmware({ device }: Pick<LaneFacts, 'device'>): PassportRow<'firmware'>[] {
  const version = device?.settingsStore.identity?.softwareVersion ?? ''
  return version === '' ? [] : [{ device: 'rsu', version, source: 'device' }]
}

const toldVersions = (facts: LaneFacts): PassportRow<'firmware'>[] =>
  othersTold(facts).flatMap(({ device, version }) =>
    version === null ? [] : [{ device, version, source: 'device' }],
  )

function settings(settingsStore: SettingsStore): PassportRow<'setting'>[] {
  const reported = settingsStore.reported()
  const written = settingsStore.lastWritten()
  return settingsStore.parts.defs.map(({ id, title, unit, mechanical }) => {
    const measured = settingsStore.measured[id]
    const source =
      mechanical === true ? 'recorded' : reported[id] !== undefined ? 'device' : 'lastWritten'
    return {
      device: 'rsu',
      name: id,
      zh: title.zh,
      en: title.en,
      // A mechanical value without a record is unknown, whatever the table's initial value is.
      value:
        mechanical === true ? (measured?.value ?? null) : (reported[id] ?? written[id] ?? null),
      unit,
      source,
      atIso: measured?.atIso ?? null,
      by: measured?.by ?? null,
      photo: measured?.photo ?? null,
    }
  })
}

function trialTest(settingsStore: SettingsStore): PassportRow<'test'>[] {
  const { last } = settingsStore.state
  if (last === null) return []
  const { id, end, why, atMs } = last
  const shared = { kind: 'trial', atIso: isoOf(atMs), by: '', amountFen: null }
  return [{ test: id, result: end, detail: why, ...shared }]
}

const backupsNamed = (settingsStore: SettingsStore): PassportRow<'backup'>[] =>
  settingsStore.copies
    .all()
    .map(({ id, atIso, by, reason, pinned }) => ({
      device: 'rsu',
      backup: id,
      atIso,
      by,
      reason,
      pinned: pinned ? 1 : 0,
    }))

/** Photos named in rows of `setting` that still exist. */
async function photosOf(
  rows: readonly PassportRow<'setting'>[],
  photo: LaneFacts['photo'],
): Promise<PassportRow<'photo'>[]> {
  const ids = [...new Set(rows.flatMap((row) => (row.photo === null ? [] : [row.photo])))]
  const found = await Promise.all(ids.map(async (id) => ({ id, jpeg: await photo(id) })))
  return found.flatMap(({ id, jpeg }) => (jpeg === null ? [] : [{ photo: id, jpeg }]))
}

/** Reports of a device without a lane, for comparison with the passport of its lane. */
export const deviceContent = (device: LaneDevice): PassportContent => ({
  ...emptyContent(),
  identity: reportedIdentity(device),
  firmware: firmware({ device }),
  setting: settings(device.settingsStore),
})

export async function laneContent(facts: LaneFacts, made: MadeBy): Promise<PassportContent> {
  const settingsStore = facts.device?.settingsStore ?? null
  const setting = settingsStore === null ? [] : settings(settingsStore)
  return {
    ...emptyContent(),
    about: about(facts, made),
    identity: identity(facts),
    firmware: [...firmware(facts), ...toldVersions(facts)],
    setting,
    profile: facts.profiles,
    photo: await photosOf(setting, facts.photo),
    test: [...facts.tests, ...(settingsStore === null ? [] : trialTest(settingsStore))],
    backup: settingsStore === null ? [] : backupsNamed(settingsStore),
  }
}
