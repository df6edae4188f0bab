// One lot: its feed, keys, batches and rows.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'lots/:thing',
  title: t('停车场详情', 'Car park'),
} as const satisfies CentrePage
