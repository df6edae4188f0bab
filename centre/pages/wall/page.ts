// The day for a screen on a wall.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'wall',
  isBare: true,
  title: t('大屏', 'Wall view'),
} as const satisfies CentrePage
