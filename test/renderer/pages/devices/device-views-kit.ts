// A device in the runtime's answers, for tests of the window: settings, a trial, backups, and a
// difference made by the product's own rules.
import { diffView } from '#devices/desk/handlers/control-devices.ts'
import { diffSettings } from '#devices/pure/configure/diff.ts'
import type {
  DeviceDiffView,
  DeviceSettingsView,
  SettingsBackupView,
  TrialView,
} from '#devices/calls/settings-views.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { isoAt } from '../lane/lane-views.ts'

const defs = rsuSettingDefs(rsuVariant('generic-ver').table)
const reportedValues: Readonly<Record<string, number>> = { powerStep: 8, channel: 0 }
const written: Readonly<Record<string, number>> = { bstIntervalMs: 10, heightCm: 260 }

export const deviceSettings = (over: Partial<DeviceSettingsView> = {}): DeviceSettingsView => ({
  laneId: 'exit',
  kind: 'rsu',
  link: 'tcp://192.0.2.20:9527?variant=generic-ver',
  variant: 'generic-ver',
  up: true,
  identity: {
    manufacturer: '08',
    rsuId: '000829',
    softwareVersion: '2009',
    psams: [
      { terminal: '370100000001', authorised: true },
      { terminal: '370100000002', authorised: false },
    ],
  },
  antennas: [{ antennaId: 1, state: 'ok', channel: 0, powerStep: 8 }],
  settings: defs.map((def) => ({
    id: def.id,
    title: def.title,
    unit: def.unit,
    min: def.min,
    max: def.max,
    step: def.step,
    basic: def.basic ?? null,
    options: def.options ?? [],
    mechanical: def.mechanical === true,
    readBack: def.readBack,
    lawful: def.lawful ?? null,
    note: def.note ?? null,
    value: reportedValues[def.id] ?? written[def.id] ?? null,
    source:
      reportedValues[def.id] !== undefined
        ? 'device'
        : written[def.id] !== undefined
          ? 'lastWritten'
          : 'nobodyKnows',
    measured:
      def.id === 'heightCm' ? { atIso: isoAt('09:02:11'), by: '装机员', photo: null } : null,
  })),
  trial: null,
  restoring: false,
  last: null,
  ...over,
})

export const trial: TrialView = {
  id: 't1',
  by: '装机员',
  reason: '漏读,加大功率',
  phase: 'running',
  leftMs: 42_000,
  changes: [{ id: 'powerStep', old: 8, new: 12 }],
}

export const deviceBackups: readonly SettingsBackupView[] = [
  {
    id: '20260313T101502123-001',
    site: '演示停车场',
    laneId: 'exit',
    variant: 'generic-ver',
    rsuId: '000829',
    atIso: isoAt('10:15:02'),
    by: '装机员',
    reason: '漏读,加大功率',
    settings: { powerStep: 6, channel: 0, bstIntervalMs: 10 },
    firmware: '0200',
    now: { powerStep: 6, channel: 0, bstIntervalMs: 10 },
    moved: [],
    pinned: false,
  },
]

export const diffOf = (
  device: DeviceSettingsView,
  wanted: Readonly<Record<string, number>>,
): DeviceDiffView => {
  const values = device.settings.flatMap(({ id, value, source }) =>
    value === null ? [] : [{ id, value, source }],
  )
  const from = (source: string): Record<string, number> =>
    Object.fromEntries(
      values.filter((one) => one.source === source).map(({ id, value }) => [id, value]),
    )
  return diffView(
    diffSettings(defs, { reported: from('device'), lastWritten: from('lastWritten') }, wanted),
  )
}
