// The page /members.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/members',
  place: 'records',
  order: 60,
  title: t('月租车与名单', 'Passes and lists'),
  short: t('月租与名单', 'Passes and lists'),
  reads: 'members.list',
} as const satisfies Page
