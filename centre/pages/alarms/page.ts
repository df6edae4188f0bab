// Where alarms go beside the inbox: mail and webhooks.
import { t } from '#base/pure/words/fault-text.ts'
import type { CentrePage } from '../shell/page.ts'

export const page = {
  path: 'alarms',
  order: 95,
  title: t('告警通知', 'Alarms'),
} as const satisfies CentrePage
