// Calls for a person at a lane: the open calls, taking one, and making one for an intercom or another program. A call
// stays on the board until a person takes it or its car has left.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { CallCause } from '../pure/lot/person-calls.ts'
import { laneId, none, plainAct, read, reply } from '#base/calls/rows.ts'

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
  'help.call': plainAct('attendant', () => ({ laneId }), {
    words: t('呼叫值班员', 'Call a person'),
    command: 'call make',
  }),
  'help.take': plainAct('attendant', () => ({ callId: z.string().min(1).max(60) }), {
    words: t('接听呼叫', 'Take a call'),
    command: 'call take',
  }),
} as const
