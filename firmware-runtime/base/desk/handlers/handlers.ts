// The handlers of calls, typed by their rows.
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '../../pure/values/roles.ts'
import type { Caller } from '#lane/people/people-gate.ts'

/** Rows whose answer differs by caller. */
type OfShift = 'day.get' | 'inbox.get' | 'ledger.query' | 'queue.list' | 'search.find'

/**
 * Handler of a row: arguments and right are checked before. Calls of people, documents and these rows also use the caller.
 */
export type Handlers = {
  readonly [N in ApiName]: N extends `people.${string}` | `document.${string}` | OfShift
    ? (args: ArgsOf<N>, role: Role, caller: Caller) => AnswerOf<N> | Promise<AnswerOf<N>>
    : (args: ArgsOf<N>, role: Role) => AnswerOf<N> | Promise<AnswerOf<N>>
}
export type HandlersOf<N extends ApiName> = Pick<Handlers, N>
