// The page /people.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/people',
  place: 'money',
  order: 120,
  title: t('人员', 'People'),
  reads: 'people.list',
} as const satisfies Page
