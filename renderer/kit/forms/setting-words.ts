// Text of a setting's value: the name of a choice, or the number with its unit.
// An unknown value is named as unknown, never shown as zero.
import type { MovedSetting, SettingView } from '#devices/calls/settings-views.ts'
import type { Words } from '../words.ts'

/** The unit of a setting in this language; a bare number has none. */
export const unitText = (unit: string, { t }: Words): string =>
  unit === '' ? '' : t(`devices.unit.${unit}`)

export function valueText(setting: SettingView, value: number | null, words: Words): string {
  const { t } = words
  if (value === null) return t('devices.source.nobodyKnows')
  const option = setting.options.find((one) => one.value === value)
  if (option !== undefined) return words.of(option.title)
  if (setting.unit === 'step') return t('devices.step', { n: value })
  return `${value} ${unitText(setting.unit, words)}`.trim()
}

/** What became of values whose numbering differs between firmware versions, by their present names. */
export function movedText(
  moved: readonly MovedSetting[],
  settings: readonly SettingView[],
  words: Words,
): string {
  const { t } = words
  const titleOf = ({ becomes, setting }: MovedSetting): string => {
    const found = settings.find(({ id }) => id === (becomes ?? setting))
    return found === undefined ? (becomes ?? setting) : words.of(found.title)
  }
  return moved
    .map((row) =>
      row.new === null
        ? t('devices.movedGone', { title: titleOf(row), old: row.old })
        : t('devices.movedTo', { title: titleOf(row), old: row.old, new: row.new }),
    )
    .join(' · ')
}
