// Calls for a person at a lane: the open calls, taking one, and making one for an intercom or another program. A call
// stays on the board until a person takes it or its car has left.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import type { CallCause } from '../../core/lot/person-calls.ts'
import { act, laneId, none, read, reply, who, type ActAnswer } from '../rows.ts'

export interface PersonCallView {
  readonly callId: string
  readonly laneId: string
  readonly stayId: string | null
  readonly cause: CallCause
  readonly atIso: string
  /** Whether the call reached the outside address; `none`: the lot has no such address. */
  readonly hook: 'none' | 'sending' | 'sent' | 'notSent'
}

export const helpCalls = {
  'help.list': read('everyone', none, reply<{ readonly rows: readonly PersonCallView[] }>(), {
    rest: 'lanes',
    command: 'call list',
  }),
  /** For an intercom that has a program, or a person who tests the hook. */
  'help.call': act('attendant', () => z.strictObject({ laneId, ...who }), reply<ActAnswer>(), {
    words: t('呼叫值班员', 'Call a person'),
    command: 'call make',
  }),
  'help.take': act(
    'attendant',
    () => z.strictObject({ callId: z.string().min(1).max(60), ...who }),
    reply<ActAnswer>(),
    { words: t('接听呼叫', 'Take a call'), command: 'call take' },
  ),
} as const
