// The protocols that a profile may name: what its driver takes from the profile. One row each; a
// driver that is added here can be chosen by a profile, and nothing else knows of it.
import type { DeviceKind } from '../../core/profile/kinds.ts'
import { dialects, sinrScales } from '../../devices/modem/at/asks.ts'
import { testerData, testerWords } from '../../core/survey/tester-rows.ts'
import { standardBarrier } from '../../devices/barrier/modbus-relay/config.ts'
import { scpiData } from '../../devices/instrument/scpi/command-map.ts'
import { tinysaData } from '../../devices/instrument/tinysa/config.ts'
import { standardContact } from '../../devices/detector/contacts/config.ts'
import { rsuVariant, rsuVariantIds } from '../../devices/rsu/variants.ts'
import type { VariantTable } from '../../devices/rsu/table-types.ts'

/** What works by such a profile: a lane, a survey, or nothing yet. */
export type Drives = 'lane' | 'survey' | 'nothing'

export interface ProtocolRow {
  readonly id: string
  readonly kinds: readonly DeviceKind[]
  readonly drives: Drives
  /** Switches of the driver. */
  readonly options: readonly string[]
  /** Members of `protocol.data` that must be there. */
  readonly data: readonly string[]
  /** Members of `protocol.data` that may be these words only. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Names that `limits` and `capabilities` may have; null: the driver takes none from a profile. */
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
    options: ['tolerateUnescapedBcc'],
    data: [],
    limits: [...numbersOf(table.timing), 'powerStepMax'],
    // Whether heartbeats are answered is `heartbeat.reply` of the overrides.
    capabilities: Object.keys(table.capabilities).filter((name) => name !== 'heartbeatReply'),
    table,
  }
})

/** A protocol without switches and tables. */
const plain = (id: string, kinds: readonly DeviceKind[], drives: Drives): ProtocolRow => ({
  id,
  kinds,
  drives,
  options: [],
  data: [],
  limits: null,
  capabilities: null,
  table: null,
})

export const protocols: readonly ProtocolRow[] = [
  ...rsuRows,
  {
    id: 'modbus-relay',
    kinds: ['barrier'],
    drives: 'lane',
    options: [],
    data: [],
    words: { wire: ['tcp', 'rtu'] },
    limits: numbersOf(standardBarrier),
    capabilities: null,
    table: null,
  },
  {
    id: 'hikvision-gate',
    kinds: ['barrier'],
    drives: 'lane',
    options: [],
    data: [],
    limits: numbersOf(standardBarrier),
    capabilities: null,
    table: null,
  },
  ...(['hikvision', 'dahua', 'vzicom-push', 'vzicom-tcp'] as const).map((id) =>
    plain(id, ['roadside-camera', 'high-camera'], 'nothing'),
  ),
  plain('olm', ['display'], 'nothing'),
  plain('nb-iot-report', ['geomagnetic'], 'lane'),
  plain('chirpstack-bosch-pls', ['geomagnetic'], 'lane'),
  { ...plain('scpi', ['instrument'], 'survey'), data: scpiData },
  { ...plain('tinysa', ['instrument'], 'survey'), data: tinysaData },
  {
    ...plain('tester-rows', ['instrument'], 'survey'),
    data: testerData,
    words: testerWords,
  },
  plain('nmea-0183', ['time-server'], 'nothing'),
  plain('sntp', ['time-server'], 'nothing'),
  {
    ...plain('at-modem', ['modem'], 'survey'),
    data: ['dialect'],
    words: { dialect: Object.keys(dialects), sinrScale: sinrScales },
  },
  { ...plain('contact', ['loop', 'radar'], 'lane'), limits: numbersOf(standardContact) },
]

/** What works by a profile: its link names a camera, a display or a clock without one. */
export const drivesOf = (protocolId: string | null): Drives =>
  protocolOf(protocolId)?.drives ?? 'nothing'

export const protocolOf = (id: string | null): ProtocolRow | undefined =>
  protocols.find((row) => row.id === id)
