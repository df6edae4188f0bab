// Calls about the points of members: balances and a statement, spending for a car, importing balances of another system
// with their difference first. Spending changes what a car owes, so it is an audited act.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { laneId, none, plainAct, read, reply } from '#base/calls/rows.ts'
import type { PointsStatement, PointsView } from './points-views.ts'

export const pointsCalls = {
  'points.list': read('desk', none, reply<PointsView>(), {
    rest: 'folder',
    command: 'points list',
  }),
  'points.statement': read(
    'desk',
    () => z.strictObject({ no: z.string().max(40) }),
    reply<PointsStatement>(),
    { rest: 'folder', command: 'points statement' },
  ),
  /** For the car in a lane, or for the car inside with this plate. */
  'points.use': plainAct(
    'till',
    () => ({
      points: z.int().min(1).max(10_000_000),
      laneId: laneId.optional(),
      plate: z.string().max(32).optional(),
    }),
    {
      words: t('积分抵扣', 'Points used'),
      guard: 'pin',
      command: 'points use',
      form: {
        reasons: 'points',
        usual: 0,
        title: t('用 {no} 的积分抵扣', 'Use points of {no}'),
        do: t('抵扣 {points} 分', 'Use {points} points'),
        fields: {
          plate: { label: t('车辆', 'Car'), kind: 'enum' },
          points: {
            label: t('用多少积分', 'How many points'),
            hint: t(
              '只用于这一次停车,出场时从应收里减去;没抵到的积分自动退回。',
              'For this stay only: points are deducted from the amount due at the exit; unused points are returned automatically.',
            ),
          },
        },
      },
    },
  ),
} as const
