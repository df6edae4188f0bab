// Cars of all lots, found by plate or number.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'cars/:thing',
  order: 30,
  title: t('查车', 'Find a car'),
} as const satisfies CentrePage
