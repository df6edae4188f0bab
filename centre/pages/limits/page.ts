// How large this centre is beside the rules by which it grows.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'limits',
  order: 95,
  title: t('规模', 'Size'),
} as const satisfies CentrePage
