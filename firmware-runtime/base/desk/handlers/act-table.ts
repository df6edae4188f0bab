// Acts as tables of handlers: an entry is what one act does. Around each: once for its commandId, with an audit row
// that begins with its name.
import type { ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '../../pure/values/roles.ts'
import type { ActAnswer, Who } from '../../calls/rows.ts'
import type { AuditedAct } from '#lane/pure/lane.ts'
import type { HandlersOf } from './handlers.ts'
import { DoneCommands, type ActArgs, type AuditDraft } from '#lane/lot/done-commands.ts'

/** Handlers typed by the rows that their names stand for. */
export const handlersOf = <N extends ApiName>(handlers: HandlersOf<N>): HandlersOf<N> => handlers

/** Calls that name their author and their reason. */
export type ActName = { [N in ApiName]: ArgsOf<N> extends Who ? N : never }[ApiName]

/** What the audit row of an act refers to. */
export type ActRefs = {
  readonly [K in 'laneId' | 'stayId' | 'orderId' | 'deductionId']?: string | undefined
}

/** One act of a person. */
export interface Act {
  readonly role: Role
  /** Runs it, unless its commandId was carried out before; ACT-01 when that was another act. */
  once(run: () => void): ActAnswer
  /** Writes its audit row, with its lane; called before anything is sent or changed. Throws when it is not written. */
  audit(words?: string): void
}

/** An act in a lot with a ledger. */
export interface LotAct extends Act {
  readonly person: AuditedAct
  /** Its audit row, for one transaction with its change. */
  row(words?: string, refs?: ActRefs): AuditDraft
}

/** Makes handlers of entries; each answers that its act was done, or repeated. */
type ActTable<A extends Act = Act> = <N extends ActName>(runs: {
  readonly [K in N]: (args: ArgsOf<K>, act: A) => void
}) => { readonly [K in N]: (args: ArgsOf<K>, role: Role) => ActAnswer }

export function actTable<A extends Act>(
  of: (name: ActName, args: Who, role: Role) => A,
): ActTable<A> {
  return (runs) => {
    const handlers = Object.entries<unknown>(runs).map(([name, run]) => [
      name,
      (args: Who, role: Role): ActAnswer => {
        const act = of(name as ActName, args, role)
        return act.once(() => (run as (args: Who, act: A) => void)(args, act))
      },
    ])
    return Object.fromEntries(handlers) as never
  }
}

/** What handlers of acts need: this act, or a table of acts. */
export interface Acts<A extends Act = Act> {
  of(name: ActName, args: Who, role: Role): A
  readonly table: ActTable<A>
}

/** Without a ledger for the audit: author and reason are in a trial and its backup, or in the steps of a device. */
export function unauditedActs(): Acts {
  const done = new DoneCommands()
  const of = (name: ActName, args: Who, role: Role): Act => ({
    role,
    once: (run) => done.once(name, args as ActArgs, run),
    audit: () => undefined,
  })
  return { of, table: actTable(of) }
}
