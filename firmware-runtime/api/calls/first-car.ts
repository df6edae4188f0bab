// The calls about the first real car of a lane: ask for it, take that back, see where it is.
// The charge itself is the lane's; nothing here moves money.
import { z } from 'zod'
import type { FirstCarStateView } from '../first-car-views.ts'
import { act, laneId, read, who, type ActAnswer, type Who } from '../rows.ts'

export const firstCarCalls = {
  'first.start': act<{ laneId: string; plate: string } & Who, ActAnswer>(
    'installer',
    z.strictObject({ laneId, plate: z.string().min(1).max(20), ...who }),
  ),
  'first.stop': act<{ laneId: string } & Who, ActAnswer>(
    'installer',
    z.strictObject({ laneId, ...who }),
  ),
  'first.state': read<{ laneId: string }, FirstCarStateView>(z.strictObject({ laneId })),
} as const
