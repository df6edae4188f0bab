// Calls for a person at a lane: what is open, taking one, and calling on behalf of an intercom or another program.
// A call stays on the board until it is taken or its car has gone.
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
  /** Whether whoever is told outside has it; `none`: the lot tells nobody. */
  readonly hook: 'none' | 'sending' | 'sent' | 'notSent'
}

export const helpCalls = {
  'help.list': read('everyone', none, reply<{ readonly rows: readonly PersonCallView[] }>(), {
    rest: 'lanes',
    command: 'call list',
  }),
  /** An intercom that has a program, or a person who tries the hook. */
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
