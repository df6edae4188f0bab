// The protocols that a profile may name, and what each driver takes from the profile. One row each; a driver added here
// can be chosen by a profile, and nothing else needs to change.
import type { ProfileDrivesView } from '../calls/profiles-views.ts'
import type { DeviceKind } from '../pure/profile/kinds.ts'
import { dialects, sinrScales } from '../pure/modem/at/asks.ts'
import { testerData, testerMayData, testerWords } from '../pure/field/tester-rows.ts'
import { standardBarrier } from '../pure/barrier/modbus-relay/config.ts'
import { gateMakes } from '../pure/camera/gate-makes.ts'
import { cameraMakes } from '../pure/camera/makes.ts'
import { pushMakes } from '../pure/camera/push-makes.ts'
import { tcpMakes } from '../pure/camera/tcp-makes.ts'
import { scpiData, scpiMayData } from '../pure/instrument/scpi/command-map.ts'
import { tinysaData } from '../pure/instrument/tinysa/config.ts'
import { standardPrinter } from '../pure/printer/escpos/config.ts'
import { standardReport } from '../pure/scanner/hid-pos/layout.ts'
import { hidTimes } from '../pure/scanner/hid-pos/report.ts'
import { keyTimes } from '../pure/scanner/keys/keys.ts'
import { serialTimes } from '../pure/scanner/serial/codes.ts'
import { standardContact } from '../pure/detector/contacts/config.ts'
import { rsuVariant, rsuVariantIds } from '../pure/rsu/variants.ts'
import { watchMakes } from '../pure/watch/makes.ts'
import type { VariantTable } from '../pure/rsu/table-types.ts'

export interface ProtocolRow {
  readonly id: string
  readonly kinds: readonly DeviceKind[]
  readonly drives: ProfileDrivesView
  /** What a built-in driver of this protocol watches by a link that names no profile. */
  readonly byLink: readonly ('lane' | 'spaces')[]
  /** Switches of the driver. */
  readonly options: readonly string[]
  /** Members of `protocol.data` that must be there. */
  readonly data: readonly string[]
  /** Optional members of `protocol.data`; null: any, because no driver uses such a profile. */
  readonly mayData: readonly string[] | null
  /** Members of `protocol.data` that are limited to these words. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Allowed names in `limits` and `capabilities`; null: any, because they are only read by people. */
  readonly limits: readonly string[] | null
  readonly capabilities: readonly string[] | null
  /** The generic frame table that a profile may change. */
  readonly table: VariantTable | null
}

const numbersOf = (config: object): string[] =>
  Object.entries(config)
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name)

const rsuRows: readonly ProtocolRow[] = rsuVariantIds.map((id) => {
  const { table } = rsuVariant(id)
  return {
    id,
    kinds: ['rsu', 'etc-pile', 'handheld'],
    drives: 'lane',
    byLink: [],
    options: ['tolerateUnescapedBcc'],
    data: [],
    mayData: [],
    limits: [...numbersOf(table.timing), 'powerStepMax'],
    // Whether heartbeats are answered is set by `heartbeat.reply` of the overrides.
    capabilities: Object.keys(table.capabilities).filter((name) => name !== 'heartbeatReply'),
    table,
  }
})

/** A protocol without switches and tables: only the names that its row adds are allowed. */
const driven = (
  id: string,
  kinds: readonly DeviceKind[],
  drives: ProfileDrivesView,
): ProtocolRow => ({
  id,
  kinds,
  drives,
  byLink: [],
  table: null,
  options: [],
  data: [],
  mayData: [],
  limits: [],
  capabilities: [],
})

/** A protocol without a driver that uses such a profile (PROFILE-26). */
const unused = (id: string, kinds: readonly DeviceKind[]): ProtocolRow => ({
  ...driven(id, kinds, 'nothing'),
  mayData: null,
  limits: null,
  capabilities: null,
})

export const protocols: readonly ProtocolRow[] = [
  ...rsuRows,
  {
    ...driven('modbus-relay', ['barrier'], 'lane'),
    mayData: ['unitId', 'wire'],
    words: { wire: ['tcp', 'rtu'] },
    limits: numbersOf(standardBarrier).filter((name) => name !== 'unitId'),
  },
  ...gateMakes.map(({ profile }) => ({
    ...driven(profile, ['barrier'], 'lane'),
    limits: numbersOf(standardBarrier).filter((name) => name !== 'unitId'),
  })),
  ...[
    ...cameraMakes,
    ...pushMakes.flatMap(({ profile }) => profile ?? []),
    ...tcpMakes.map(({ profile }) => ({ name: profile })),
  ].map(({ name: id }) => ({
    ...unused(id, ['roadside-camera', 'high-camera']),
    byLink: watchMakes.some(({ name }) => name === id)
      ? (['lane', 'spaces'] as const)
      : (['lane'] as const),
  })),
  unused('olm', ['display']),
  driven('nb-iot-report', ['geomagnetic'], 'lane'),
  driven('chirpstack-bosch-pls', ['geomagnetic'], 'lane'),
  {
    ...driven('scpi', ['instrument'], 'survey'),
    data: scpiData,
    mayData: scpiMayData,
    limits: ['resetTimeoutMs'],
  },
  { ...driven('tinysa', ['instrument'], 'survey'), data: tinysaData },
  {
    ...driven('tester-rows', ['instrument'], 'survey'),
    data: testerData,
    mayData: testerMayData,
    words: testerWords,
  },
  {
    ...driven('escpos', ['printer'], 'lane'),
    limits: numbersOf(standardPrinter),
    capabilities: ['cuts'],
  },
  {
    ...driven('serial-codes', ['scanner'], 'lane'),
    mayData: ['prefix', 'ends'],
    limits: numbersOf(serialTimes),
  },
  {
    ...driven('hid-pos', ['scanner'], 'lane'),
    data: ['dataAt', 'dataMax'],
    mayData: [...Object.keys(standardReport), 'wakes'],
    limits: numbersOf(hidTimes),
  },
  { ...driven('keyboard-keys', ['scanner'], 'lane'), limits: numbersOf(keyTimes) },
  unused('nmea-0183', ['time-server']),
  unused('sntp', ['time-server']),
  {
    ...driven('at-modem', ['modem'], 'survey'),
    data: ['dialect'],
    mayData: ['sinrScale'],
    words: { dialect: Object.keys(dialects), sinrScale: sinrScales },
  },
  { ...driven('contact', ['loop', 'radar'], 'lane'), limits: numbersOf(standardContact) },
]

/** What uses a profile; links of cameras, displays and clocks name no profile. */
export const drivesOf = (protocolId: string | null): ProfileDrivesView =>
  protocolOf(protocolId)?.drives ?? 'nothing'

export const protocolOf = (id: string | null): ProtocolRow | undefined =>
  protocols.find((row) => row.id === id)
