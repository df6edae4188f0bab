// Calls about parking spaces and what watches them; rows of the table in table.ts.
import { z } from 'zod'
import { t } from '#base/pure/words/fault-text.ts'
import { line, none, plainAct, read, reply } from '#base/calls/rows.ts'
import type { SpaceRow, SpacesView, UnmatchedView } from './sensors-views.ts'

export const sensorCalls = {
  'spaces.get': read('everyone', () => z.strictObject({}), reply<SpacesView>(), {
    rest: 'lanes',
    command: 'spaces',
  }),
  /** Spaces in the order of their streets. `withoutDue`: no car is priced, and `dueFen` is null. */
  'spaces.list': read(
    'everyone',
    () => z.strictObject({ withoutDue: z.boolean().optional() }),
    reply<{ readonly rows: readonly SpaceRow[] }>(),
    { rest: 'lanes', command: 'spaces list' },
  ),
  /** Readings of a gantry that charged nobody although a car with a similar plate owes; forgotten at a start. */
  'spaces.unmatched': read('desk', none, reply<{ readonly rows: readonly UnmatchedView[] }>(), {
    rest: 'lanes',
    command: 'spaces unmatched',
  }),
  /** A camera that was covered, turned or frozen sees its spaces again. */
  'spaces.trust': plainAct('installer', () => ({ sourceId: z.string().min(1).max(16) }), {
    words: t('泊位相机画面已看过', 'Picture of a space camera confirmed'),
    command: 'spaces trust',
    form: {
      reasons: 'spaces',
      usual: 0,
      title: t('{sourceId} 的画面看过了', 'The picture of {sourceId} was looked at'),
      do: t('画面正常', 'The picture is right'),
      done: t('重新采用它的检测', 'Its reports count again'),
      says: [
        line(
          '先看相机的实时画面:没有遮挡,每个泊位都在原来的位置。它被转动过的,先把泊位框调回来。',
          'Look at the live picture of the camera first: nothing covers it, and each space is where it was. If it was turned, set its spaces anew before.',
        ),
        line(
          '确认之后,它报告的车来车走重新开始和结束停车。',
          'After that, what it reports begins and ends stays again.',
          'quiet',
        ),
      ],
    },
  }),
} as const
