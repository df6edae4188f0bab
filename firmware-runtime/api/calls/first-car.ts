// The calls about the first real car of a lane: ask for it, take that back, see where it is.
// The charge itself is the lane's; nothing here moves money. Its car goes for a fen that comes back: who may open the lane asks.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import type { FirstCarStateView } from '../first-car-views.ts'
import { act, laneId, read, reply, who, type ActAnswer } from '../rows.ts'

export const firstCarCalls = {
  'first.start': act(
    'firstCar',
    () => z.strictObject({ laneId, plate: z.string().min(1).max(20), ...who }),
    reply<ActAnswer>(),
    { words: t('开始首车测试', 'First car asked for'), guard: 'pin' },
  ),
  'first.stop': act('firstCar', () => z.strictObject({ laneId, ...who }), reply<ActAnswer>(), {
    words: t('停止首车测试', 'First car taken back'),
  }),
  'first.state': read('everyone', () => z.strictObject({ laneId }), reply<FirstCarStateView>(), {
    rest: 'folder',
  }),
} as const
