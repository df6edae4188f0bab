// Takings by day, lot and means; each sum leads to its rows.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'money/:thing',
  order: 20,
  title: t('收费', 'Money'),
} as const satisfies CentrePage
