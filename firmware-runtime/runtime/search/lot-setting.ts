// Settings of the lot by name, or by name and value.
import { t } from '#base/pure/words/fault-text.ts'
import { lotSettings } from '#base/pure/lot/lot-settings.ts'
import { memberText } from '#base/pure/lot/member.ts'
import { defineFinder, isIn } from './finder.ts'

const valueAt = (config: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], config)

export const lotSetting = defineFinder({
  of: t('设置', 'Setting'),
  rank: 8,
  reads: 'status.get',
  needs: 'setup.save',
  asks: () => [{}],
  rowsOf: (_status, text, { config }) =>
    Object.entries(lotSettings).flatMap(([path, row]) => {
      const value = memberText(row, valueAt(config, path) ?? row.standard)
      const { words } = row
      return isIn(text, `${words.zh} ${value.zh}`, `${words.en} ${value.en}`)
        ? [{ key: path, title: words, note: t(value.zh, value.en), to: '/settings' }]
        : []
    }),
})
