// The calls about the first real car of a lane: request it, cancel the request, see its state. The lane makes the
// charge; nothing here moves money. The car pays 1 fen, which is refunded; owners and installers may request it.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { FirstCarStateView } from './first-car-views.ts'
import { laneId, plainAct, read, reply } from '#base/calls/rows.ts'

export const firstCarCalls = {
  'first.start': plainAct('firstCar', () => ({ laneId, plate: z.string().min(1).max(20) }), {
    words: t('开始首车测试', 'First car asked for'),
    guard: 'pin',
  }),
  'first.stop': plainAct('firstCar', () => ({ laneId }), {
    words: t('停止首车测试', 'First car taken back'),
  }),
  'first.state': read('everyone', () => z.strictObject({ laneId }), reply<FirstCarStateView>(), {
    rest: 'folder',
  }),
} as const
