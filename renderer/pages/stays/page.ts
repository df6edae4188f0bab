// The page /stays.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/stays',
  place: 'money',
  order: 50,
  title: t('待核对的停车记录', 'Stays to check'),
  short: t('待核对', 'To check'),
  also: t('差错 补录', 'Errors to mend'),
  reads: 'stays.toCheck',
} as const satisfies Page
