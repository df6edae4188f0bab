// All lots, and those that ask to join.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'lots',
  order: 10,
  title: t('停车场', 'Car parks'),
  counts: 'pairings',
} as const satisfies CentrePage
