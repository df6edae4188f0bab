// The calls of an outage rehearsal: what there is to cut, begin one, end it before its time.
// In production only an owner begins one: cars of a lot that is open meet it.
import { z } from 'zod'
import { rehearsalCuts, rehearsalLimits } from '../../core/rehearsal/rehearsal.ts'
import type { ExposureView, RehearsalView } from '../rehearsal-views.ts'
import { act, laneId, none, read, reply, who, type ActAnswer } from '../rows.ts'

export const rehearsalCalls = {
  /** Money at risk without network, against the caps of the lot. */
  'exposure.get': read('books', none, reply<ExposureView>()),
  'rehearse.get': read('gear', none, reply<RehearsalView>()),
  'rehearse.begin': act(
    'installer',
    z.strictObject({
      cut: z.enum(rehearsalCuts),
      /** Of a camera or an antenna. */
      laneId: laneId.optional(),
      minutes: z.int().min(rehearsalLimits.minutesMin).max(rehearsalLimits.minutesMax),
      ...who,
    }),
    reply<ActAnswer>(),
  ),
  'rehearse.end': act('installer', z.strictObject(who), reply<ActAnswer>()),
} as const
