// The call that ends a doubt of the clock: a person has compared it with a clock that is right.
// An owner's: a wrong clock that is confirmed prices every car wrongly.
import { z } from 'zod'
import { act, reply, who, type ActAnswer } from '../rows.ts'

export const clockCalls = {
  'clock.confirm': act('owner', z.strictObject(who), reply<ActAnswer>()),
} as const
