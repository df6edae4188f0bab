// The page /tariff.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/tariff',
  place: 'money',
  order: 60,
  title: t('收费标准', 'Tariff'),
  also: t('设置 价格 费率 计费 免费时长', 'Settings prices rates free time'),
  reads: 'tariff.get',
} as const satisfies Page
