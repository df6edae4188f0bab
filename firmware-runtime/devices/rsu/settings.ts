// What can be set on an RSU, from its frame table: the fields of C0 that people choose, and what is
// turned with a wrench. The clause about power is shown beside the step, never converted to it.
import type { DeviceSettings, SettingDef } from '../../core/configure/setting.ts'
import type { RsuSettings } from '../../core/etc/rsu-device.ts'
import { rsuDriverDefaults } from './driver-state.ts'
import type { VariantTable } from './table-types.ts'

/** B1 of generic-bcc is about loop coils and says nothing of the antenna. */
export const tellsAntennas = (table: VariantTable): boolean =>
  table.frames
    .filter((frame) => frame.code === 'B1' && frame.from === 'rsu')
    .some(({ forms }) =>
      forms.some(({ fields }) =>
        fields.some((f) => f.name === 'powerStep' || f.each?.some((e) => e.name === 'powerStep')),
      ),
    )

/** DBJT45/T 065-2024 7.1.1 c asks for 22 to 28 dB; no source says which step that is. Read as
 * EIRP it would not fit the zone: 5.15 m at 5.8 GHz lose 62 dB, and the edge of the beam about one more. */
const powerNote = {
  zh: '7.1.1 c 要求 22–28 dB,对应哪一档未知;若当作 EIRP 的 dBm 则有矛盾:挂高 2.5 m、俯角 35°、波束 38° × 45° 时,4.5 m 处 -45 dBm 按自由空间约需 18 dBm。此处不作换算,须现场测量',
  en: '7.1.1 c asks for 22–28 dB; which step that is nobody says. As dBm of EIRP it conflicts: -45 dBm at 4.5 m takes about 18 in free space (2.5 m up, 35° down, 38° × 45°). Not converted: measure the field',
}

const whole = { min: 0, step: 1, readBack: false } as const

/** The one wait that C0 of the variant carries, where it carries one (section 9 row 3). */
function waitOf(table: VariantTable): SettingDef[] {
  const c0 = table.frames.find((frame) => frame.code === 'C0')?.forms[0]?.fields ?? []
  const carries = (name: string): boolean => c0.some((field) => field.name === name)
  const bst: SettingDef = {
    ...whole,
    id: 'bstIntervalMs',
    title: { zh: 'BST 间隔', en: 'BST interval' },
    unit: 'ms',
    min: 1,
    max: 255,
    initial: rsuDriverDefaults.bstIntervalMs,
  }
  const reread: SettingDef = {
    ...whole,
    id: 'rereadWaitSec',
    title: { zh: '同一标签再次读取间隔', en: 'wait before the same OBU is read again' },
    unit: 's',
    min: 1,
    max: 255,
    initial: rsuDriverDefaults.rereadWaitSec,
  }
  if (carries('bstIntervalMs')) return [bst]
  if (!carries('waitOrInterval')) return []
  return [table.c0Wait === 'bstIntervalMs' ? bst : reread]
}

function written(table: VariantTable): SettingDef[] {
  const readBack = tellsAntennas(table)
  const power: SettingDef = {
    ...whole,
    id: 'powerStep',
    title: { zh: '发射功率档位', en: 'transmit power step' },
    unit: 'step',
    max: table.powerStepMax,
    // Site files use 1 to 25 (rsu-interface.md 6.2); the rest of the range is for experts.
    basic: { min: 1, max: Math.min(25, table.powerStepMax) },
    initial: rsuDriverDefaults.powerStep,
    readBack,
    note: powerNote,
  }
  const channel: SettingDef = {
    ...whole,
    id: 'channel',
    title: { zh: '信道', en: 'channel' },
    unit: '',
    max: 1,
    initial: rsuDriverDefaults.channel,
    readBack,
    options: [
      { value: 0, title: { zh: '5.830 GHz', en: '5.830 GHz' } },
      { value: 1, title: { zh: '5.840 GHz', en: '5.840 GHz' } },
    ],
  }
  return [power, channel, ...waitOf(table)]
}

/** Clause 7.1.1 c: at least 2.5 m high, 35 degrees down, 30 to 45 degrees towards the lane. */
const turned: readonly SettingDef[] = [
  {
    ...whole,
    id: 'heightCm',
    title: { zh: '天线离地高度', en: 'antenna height above the lane' },
    unit: 'cm',
    max: 1000,
    initial: 250,
    mechanical: true,
    lawful: { min: 250, max: null, clause: '7.1.1 c' },
  },
  {
    ...whole,
    id: 'pitchDeg',
    title: { zh: '天线俯角', en: 'antenna tilt, down' },
    unit: 'deg',
    max: 90,
    initial: 35,
    mechanical: true,
    lawful: { min: 35, max: 35, clause: '7.1.1 c' },
  },
  {
    ...whole,
    id: 'yawDeg',
    title: { zh: '面向车道偏转角', en: 'antenna turn towards the lane' },
    unit: 'deg',
    max: 90,
    initial: 30,
    mechanical: true,
    lawful: { min: 30, max: 45, clause: '7.1.1 c' },
  },
]

export const rsuSettingDefs = (table: VariantTable): readonly SettingDef[] => [
  ...written(table),
  ...turned,
]

/** The driver's own shape: what the variant does not have keeps its usual value. */
export function rsuSettingsOf(settings: DeviceSettings): RsuSettings {
  const value = (id: 'powerStep' | 'bstIntervalMs' | 'rereadWaitSec'): number =>
    settings[id] ?? rsuDriverDefaults[id]
  return {
    powerStep: value('powerStep'),
    channel: settings['channel'] === 1 ? 1 : 0,
    bstIntervalMs: value('bstIntervalMs'),
    rereadWaitSec: value('rereadWaitSec'),
  }
}
