// The question that a window asks when an act was not answered: was it carried out? It is asked by the id of the command,
// before the person is offered anything else (ADR 361).
import { z } from 'zod'
import { read, reply, who } from '#base/calls/rows.ts'

/**
 * `done`: its audit row is in the ledger, or it was carried out in this process. `running`: it has begun and not ended;
 * ask again. `none`: it was not carried out, and from now on it is refused under this id (ACT-02).
 */
export type CommandState = 'done' | 'running' | 'none'

export interface CommandStateView {
  readonly state: CommandState
}

export const commandCalls = {
  /** Also without a sign-in: a session may have ended between the act and the question. */
  'command.state': read(
    'seat',
    () => z.strictObject({ commandId: who.commandId }),
    reply<CommandStateView>(),
    { rest: 'lanes' },
  ),
} as const
