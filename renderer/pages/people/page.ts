// The page /people.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/people/:thing?',
  place: 'money',
  order: 120,
  title: t('人员', 'People'),
  also: t('设置 账号 密码 PIN 权限', 'Settings accounts PIN roles'),
  reads: 'people.list',
} as const satisfies Page
