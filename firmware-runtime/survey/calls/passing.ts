// Calls of the survey by passages: what they show about the zone of a lane, and that its antenna was changed on
// purpose. Nothing is written to a device.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { laneId, plainAct, read, reply } from '#base/calls/rows.ts'
import type { PassingView } from './passing-views.ts'

export const passingCalls = {
  'passing.get': read('gear', () => z.strictObject({ laneId }), reply<PassingView>(), {
    rest: 'command',
  }),
  /** Earlier passages do not count any more, neither for the estimate nor as a reference. */
  'passing.begin': plainAct('installer', () => ({ laneId }), {
    words: t('开始按过车检测', 'Survey by passages begun'),
  }),
} as const
