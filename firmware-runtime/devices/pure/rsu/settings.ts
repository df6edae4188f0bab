// What can be set on an RSU, from its table: the fields of our frames that people choose, and what is adjusted with a
// tool. The clause about power is shown beside the step, never converted to it.
import type { DeviceSettings, SettingDef } from '../configure/setting.ts'
import { present } from '#base/pure/values/must.ts'
import type { VariantTable, WrittenSetting } from './table-types.ts'

/** Whether heartbeats list antennas; B1 of generic-bcc is about loop coils and does not. */
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
  en: '7.1.1 c asks for 22–28 dB; no source says which step. As dBm of EIRP it conflicts: -45 dBm at 4.5 m takes about 18 in free space (2.5 m up, 35° down, 38° × 45°). Not converted: measure the field',
}

const whole = { min: 0, step: 1, readBack: false } as const

type Words = Pick<SettingDef, 'title' | 'unit' | 'options' | 'note'>

/** Names of the settings in the generic tables; a profile has its own names. */
const words: { readonly [id: string]: Words } = {
  powerStep: {
    title: { zh: '发射功率档位', en: 'transmit power step' },
    unit: 'step',
    note: powerNote,
  },
  channel: {
    title: { zh: '信道', en: 'channel' },
    unit: '',
    options: [
      { value: 0, title: { zh: '5.830 GHz', en: '5.830 GHz' } },
      { value: 1, title: { zh: '5.840 GHz', en: '5.840 GHz' } },
    ],
  },
  bstIntervalMs: { title: { zh: 'BST 间隔', en: 'BST interval' }, unit: 'ms' },
  rereadWaitSec: {
    title: { zh: '同一标签再次读取间隔', en: 'wait before the same OBU is read again' },
    unit: 's',
  },
}

/** The antenna reports these two settings, if it reports any (2.3). */
export const reportedSettings: readonly string[] = ['powerStep', 'channel']

const defOf = (table: VariantTable, { id, min, max, usual }: WrittenSetting): SettingDef => ({
  ...present(words[id], `a generic setting has words: ${id}`),
  id,
  min,
  max,
  step: 1,
  initial: usual,
  readBack: reportedSettings.includes(id) && tellsAntennas(table),
  // Site files use 1 to 25 (rsu-interface.md 6.2); the rest of the range is for experts.
  ...(id === 'powerStep' ? { basic: { min: 1, max: Math.min(25, max) } } : {}),
})

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

/** For a generic table; a profile defines its own settings (devices/profiles/setting-defs.ts). */
export const rsuSettingDefs = (table: VariantTable): readonly SettingDef[] => [
  ...table.settings.map((setting) => defOf(table, setting)),
  ...turned,
]

export const usualSettings = (table: VariantTable): DeviceSettings =>
  Object.fromEntries(table.settings.map(({ id, usual }) => [id, usual]))

/** The settings sent over the link; mechanical ones never are. */
export const writtenOf = (table: VariantTable, settings: DeviceSettings): DeviceSettings =>
  Object.fromEntries(
    Object.entries(settings).filter(([id]) => table.settings.some((one) => one.id === id)),
  )

/** Ids that the table does not have, or whose number it does not accept. */
export const misfits = (table: VariantTable, settings: DeviceSettings): readonly string[] =>
  Object.entries(settings).flatMap(([id, value]) => {
    const setting = table.settings.find((one) => one.id === id)
    if (setting === undefined) return [id]
    const max = id === 'powerStep' ? Math.min(setting.max, table.powerStepMax) : setting.max
    return Number.isInteger(value) && value >= setting.min && value <= max ? [] : [id]
  })
