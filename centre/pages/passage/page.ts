// One stay: why it cost what it cost, and all its rows with the batches that prove them.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'cars/stay/:thing',
  title: t('停车经过', 'Story of a stay'),
} as const satisfies CentrePage
