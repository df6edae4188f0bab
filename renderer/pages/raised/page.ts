// The page /inbox/raised/:laneId?: booms that a test raised, each lowered by a person's press.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/inbox/raised/:laneId?',
  place: 'inbox',
  title: t('测试升起的道闸', 'Booms that a test raised'),
  reads: 'booms.raised',
  bench: 'setup',
} as const satisfies Page
