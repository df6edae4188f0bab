// Settings of a profile as the rows that are checked, written and stored (devices/pure/configure/setting.ts). Those are whole
// numbers; a setting of another type is only shown.
import type { SettingDef } from '../pure/configure/setting.ts'
import type { Profile } from './schema.ts'

type Setting = Profile['settings'][number]

function optionsOf(s: Setting): NonNullable<SettingDef['options']> | null {
  if (s.type !== 'choice') return []
  const options = (s.choices ?? []).flatMap(({ value, title }) =>
    typeof value === 'number' ? [{ value, title }] : [],
  )
  return options.length > 0 && options.length === s.choices?.length ? options : null
}

/** Only limits in the setting's own unit judge a value; the others are shown beside it. */
function clauseOf(s: Setting): Pick<SettingDef, 'lawful' | 'note'> {
  const lawful = s.lawful?.find((one) => one.comparable)
  const note = s.lawful?.find((one) => !one.comparable)?.note
  return {
    ...(lawful === undefined
      ? {}
      : { lawful: { min: lawful.min, max: lawful.max, clause: lawful.clause } }),
    ...(note === undefined ? {} : { note }),
  }
}

function defOf(s: Setting): SettingDef | null {
  const options = optionsOf(s)
  const values = options?.map(({ value }) => value) ?? []
  const [min = Math.min(...values), max = Math.max(...values)] = [s.min, s.max]
  if (options === null || (s.type !== 'whole' && s.type !== 'choice')) return null
  if (typeof s.default !== 'number') return null
  return {
    id: s.id,
    title: s.title,
    unit: s.unit ?? '',
    min,
    max,
    step: s.step ?? 1,
    initial: s.default,
    readBack: s.reads !== null,
    ...(s.basic === undefined ? {} : { basic: s.basic }),
    ...(options.length > 0 ? { options } : {}),
    ...(s.mechanical === true ? { mechanical: true } : {}),
    ...clauseOf(s),
  }
}

export const settingDefsOf = ({ settings }: Pick<Profile, 'settings'>): readonly SettingDef[] =>
  settings.map(defOf).filter((def) => def !== null)
