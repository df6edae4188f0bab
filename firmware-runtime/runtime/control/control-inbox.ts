// The call about what waits for a person. Each kind of matter reads the answer of one call, made for the caller, so that
// nobody is shown what the calls themselves would refuse; what waits for the caller comes first.
import type { MatterView } from '#lane/calls/inbox.ts'
import { api } from '../api/table.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { addressOf } from '#base/pure/values/matter-thing.ts'
import { mayDo, rolesFor } from '#base/pure/values/roles.ts'
import type { Matter, MatterPlace, MatterRow } from '../inbox/matter.ts'
import { matters } from '../inbox/table.ts'
import type { Caller } from '#lane/people/people-gate.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface InboxLot extends Lot<'call'> {
  readonly config: { readonly mode: string }
  here(): MatterPlace
}

/** Nothing of that kind exists here: no lot is open, or the lot has no such part. */
const notHere: readonly string[] = ['API-02', 'LOT-01']

function viewOf(
  kind: string,
  { matter, here }: { readonly matter: Matter; readonly here: MatterPlace },
  row: MatterRow,
  caller: Caller,
): MatterView {
  const { by = matter.by, to = matter.to, people = null, isUrgent = false } = row
  const { key, what, sinceIso, thing } = row
  const { why } = matter
  const { right } = api[by]
  const isNamed = people === null || caller.person === null || people.includes(caller.person.name)
  return {
    key: `${kind} ${key}`,
    kind,
    what,
    why: typeof why === 'function' ? why(here) : why,
    sinceIso,
    isUrgent,
    roles: rolesFor(right),
    people,
    isMine: isNamed && mayDo(caller.role, right),
    button: matter.button,
    to: addressOf(to, thing),
  }
}

/** Rank of a row: the caller's own before others, urgent ones before the rest. */
const rankOf = ({ isMine, isUrgent }: MatterView): number => (isMine ? 0 : 2) + (isUrgent ? 0 : 1)

/** Rows without a time stand behind those with one. */
const timeOf = ({ sinceIso }: MatterView): number =>
  sinceIso === null ? Number.MAX_SAFE_INTEGER : instantOfIso(sinceIso)
const inOrder = (a: MatterView, b: MatterView): number =>
  rankOf(a) - rankOf(b) || timeOf(a) - timeOf(b)

export const inboxCalls = defineCalls(({ config, here, call }: InboxLot) => ({
  'inbox.get': async (_args, _role, caller) => {
    const table: Readonly<Record<string, Matter>> = matters as never
    const kinds = Object.entries(table).filter(
      ([, { reads, ownLot }]) =>
        mayDo(caller.role, api[reads].right) && !(config.mode === 'demo' && ownLot === true),
    )
    const asked = new Map(kinds.map(([, { reads, args = {} }]) => [reads, args]))
    const replies = new Map(
      await Promise.all(
        [...asked].map(async ([name, args]) => [name, await call(name, args, caller)] as const),
      ),
    )
    const rows = kinds.flatMap(([kind, matter]) => {
      const reply = replies.get(matter.reads)
      if (reply?.ok !== true) return []
      const at = here()
      const own = matter.rowsOf(reply.data as never, at)
      return own.map((row) => viewOf(kind, { matter, here: at }, row, caller))
    })
    const unread = [...replies].flatMap(([name, reply]) =>
      reply.ok || notHere.includes(reply.error.code) ? [] : [{ call: name, error: reply.error }],
    )
    return { rows: rows.toSorted(inOrder), unread }
  },
}))
