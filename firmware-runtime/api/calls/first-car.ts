// The calls about the first real car of a lane: ask for it, take that back, see where it is.
// The charge itself is the lane's; nothing here moves money. Its car goes for a fen that comes back: who may open the lane asks.
import { z } from 'zod'
import type { FirstCarStateView } from '../first-car-views.ts'
import { act, laneId, read, reply, who, type ActAnswer } from '../rows.ts'

export const firstCarCalls = {
  'first.start': act(
    'firstCar',
    z.strictObject({ laneId, plate: z.string().min(1).max(20), ...who }),
    reply<ActAnswer>(),
  ),
  'first.stop': act('firstCar', z.strictObject({ laneId, ...who }), reply<ActAnswer>()),
  'first.state': read('everyone', z.strictObject({ laneId }), reply<FirstCarStateView>()),
} as const
