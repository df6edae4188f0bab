// The page /lane.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/lane/:laneId?',
  place: 'booth',
  order: 10,
  title: t('车道', 'Lane'),
  also: t('道闸 抬杆 看板', 'Boom board'),
  reads: 'board.get',
} as const satisfies Page
