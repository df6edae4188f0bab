// The call about what waits for a person: one row a matter. Each kind of matter is a file of runtime/inbox/.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { none, read, reply, type ApiError } from '#base/calls/rows.ts'

export interface MatterView {
  /** The same as long as the matter lasts. */
  readonly key: string
  /** Name of its file. */
  readonly kind: string
  readonly what: BilingualText
  /** What happens when nobody deals with it. */
  readonly why: BilingualText
  /** Null: not known. */
  readonly sinceIso: string | null
  /** Cars or money are held up by it now. */
  readonly isUrgent: boolean
  /** Roles that may deal with it. */
  readonly roles: readonly Role[]
  /** People who may deal with it; null: everybody with one of the roles. */
  readonly people: readonly string[] | null
  /** The caller may deal with it. */
  readonly isMine: boolean
  readonly button: BilingualText
  /** Address of the page where a person deals with it, with its lane, device, stay or file chosen. */
  readonly to: string
}

export interface InboxView {
  /** Matters of the caller first; of those the urgent ones, and the oldest. */
  readonly rows: readonly MatterView[]
  /** Calls that failed: matters of their answers are not in the list. */
  readonly unread: readonly { readonly call: string; readonly error: ApiError }[]
}

export const inboxCalls = {
  /** Only matters whose call the caller may make. */
  'inbox.get': read('everyone', none, reply<InboxView>(), { rest: 'lanes', command: 'inbox' }),
} as const
