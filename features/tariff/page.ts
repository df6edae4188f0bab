// The page /tariff.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'
import { tariff } from './words.ts'

export const page = {
  path: '/tariff',
  place: 'settings',
  order: 60,
  title: t('收费标准', 'Tariff'),
  reads: 'tariff.get',
  words: tariff,
} as const satisfies Page
