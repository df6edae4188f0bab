// The day of all lots: the first page.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'today',
  order: 5,
  title: t('今日', 'Today'),
} as const satisfies CentrePage
