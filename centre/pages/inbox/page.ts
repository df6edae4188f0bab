// What waits for a person of the centre.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'inbox',
  order: 90,
  title: t('待办', 'To do'),
  counts: 'matters',
} as const satisfies CentrePage
