// The call behind the search field: things of each kind by the typed text. Each kind asks calls for the caller, so that
// nobody finds what the calls themselves would refuse.
import type { FoundView } from '#lane/calls/search.ts'
import { api } from '../api/table.ts'
import { mayDo } from '#base/pure/values/roles.ts'
import type { Caller } from '#lane/people/people-gate.ts'
import { plainText, type Finder, type SearchPlace } from '../search/finder.ts'
import { finders } from '../search/table.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface SearchLot extends Lot<'call'> {
  here(): SearchPlace
}

/** Rows shown of a kind. */
const ofKindMax = 6
const table: Readonly<Record<string, Finder>> = finders as never
const kinds = Object.entries(table).toSorted(([, a], [, b]) => a.rank - b.rank)

export const searchCalls = defineCalls(({ here, call }: SearchLot) => {
  async function found(
    [kind, finder]: readonly [string, Finder],
    text: string,
    caller: Caller,
  ): Promise<readonly FoundView[]> {
    const { of, reads, needs = reads } = finder
    if (![reads, needs].every((name) => mayDo(caller.role, api[name].right))) return []
    const place = here()
    const asks = finder.asks(text, place)
    const replies = await Promise.all(asks.map((args) => call(reads, args, caller)))
    return replies
      .flatMap((reply) =>
        reply.ok ? finder.rowsOf(reply.data as never, text, place).slice(0, ofKindMax) : [],
      )
      .slice(0, ofKindMax)
      .map((row) => ({ ...row, kind, of }))
  }
  return {
    'search.find': async ({ text }, _role, caller) => {
      const sought = plainText(text)
      const all = sought === '' ? [] : kinds
      return { rows: (await Promise.all(all.map((kind) => found(kind, sought, caller)))).flat() }
    },
  }
})
