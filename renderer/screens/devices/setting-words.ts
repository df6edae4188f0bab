// How a value of a setting is said: the name of a choice, or the number with its unit.
// What nobody knows is said so, never shown as zero.
import type { SettingView } from '../../../firmware-runtime/api/views.ts'
import type { Words } from '../../app/words.ts'

/** The unit of a setting in this language; a bare number has none. */
export const unitText = (unit: string, { t }: Words): string =>
  unit === '' ? '' : t(`devices.unit.${unit}`)

export function valueText(setting: SettingView, value: number | null, words: Words): string {
  const { t } = words
  if (value === null) return t('devices.source.nobodyKnows')
  const option = setting.options.find((one) => one.value === value)
  if (option !== undefined) return words.of(option.title)
  return `${value} ${unitText(setting.unit, words)}`.trim()
}
