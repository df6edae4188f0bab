// The signed batch that holds a row.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'lots/batch/:thing',
  title: t('签名的批次', 'Signed batch'),
} as const satisfies CentrePage
