// The calls of an outage rehearsal: what can be cut, begin one, end it early. In production only an owner may begin
// one, because it affects the cars of an open lot.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { rehearsalCuts, rehearsalLimits } from '#base/pure/lot/rehearsal.ts'
import type { ExposureView, RehearsalView } from './rehearsal-views.ts'
import { laneId, none, plainAct, read, reply } from '#base/calls/rows.ts'

export const rehearsalCalls = {
  /** Money at risk without a network, against the limits of the lot. */
  'exposure.get': read('books', none, reply<ExposureView>(), { rest: 'lanes' }),
  'rehearse.get': read('gear', none, reply<RehearsalView>(), {
    rest: 'lanes',
    command: 'rehearse show',
  }),
  'rehearse.begin': plainAct(
    'installer',
    () => ({
      cut: z.enum(rehearsalCuts),
      /** Lane, for a camera or an antenna. */
      laneId: laneId.optional(),
      minutes: z.int().min(rehearsalLimits.minutesMin).max(rehearsalLimits.minutesMax),
    }),
    { words: t('开始演习', 'Rehearsal begun'), guard: 'pin' },
  ),
  'rehearse.end': plainAct('installer', () => ({}), { words: t('结束演习', 'Rehearsal ended') }),
} as const
