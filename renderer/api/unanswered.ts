// Acts whose answer did not come: the runtime is asked by the command id whether each was carried out, until it says so.
// Until then nobody knows whether money moved, so the window offers no other act (ADR 361).
import { shallowRef } from 'vue'
import type { CommandState, CommandStateView } from '#lane/calls/command.ts'
import type { ApiReply } from '#base/calls/rows.ts'

export interface UnansweredAct {
  /** Name of the call. */
  readonly name: string
  readonly commandId: string
  readonly sinceMs: number
  /** Null: not known yet. */
  readonly state: Exclude<CommandState, 'running'> | null
}

/** Those asked about, then those whose result no dialog has shown yet. */
export const unansweredActs = shallowRef<readonly UnansweredAct[]>([])

export function forgetUnanswered(commandId: string): void {
  unansweredActs.value = unansweredActs.value.filter((one) => one.commandId !== commandId)
}

function note(act: UnansweredAct): void {
  const others = unansweredActs.value.filter(({ commandId }) => commandId !== act.commandId)
  unansweredActs.value = [...others, act]
}

const againMs = 1_000
/** The runtime is away or did not answer this time either: its next answer counts. */
const isAway = (code: string): boolean => code.startsWith('RUN-')

type AskState = () => Promise<ApiReply<CommandStateView>>

/** Null: this runtime cannot say, as one that is being set up or is older than the window. */
export async function stateOfAct(
  name: string,
  commandId: string,
  askState: AskState,
): Promise<'done' | 'none' | null> {
  const act = { name, commandId, sinceMs: performance.now() }
  for (;;) {
    note({ ...act, state: null })
    const reply = await askState()
    if (reply.ok && reply.data.state !== 'running') {
      note({ ...act, state: reply.data.state })
      return reply.data.state
    }
    if (!reply.ok && !isAway(reply.error.code)) {
      forgetUnanswered(commandId)
      return null
    }
    await new Promise((again) => setTimeout(again, againMs))
  }
}
