// The page /acceptance.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/acceptance',
  place: 'works',
  order: 60,
  title: t('接入验收', 'Acceptance'),
  short: t('验收', 'Acceptance'),
  reads: 'acceptance.state',
} as const satisfies Page
