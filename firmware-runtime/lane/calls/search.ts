// The call behind the search field: things by what a person types. Each kind of thing is a file of runtime/search/.
import { z } from 'zod'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { read, reply } from '#base/calls/rows.ts'

export interface FoundView {
  /** Name of its file. */
  readonly kind: string
  readonly key: string
  readonly of: BilingualText
  readonly title: BilingualText
  readonly note: BilingualText
  /** Path of the page of the thing. */
  readonly to: string
}

interface SearchView {
  readonly rows: readonly FoundView[]
}

export const searchCalls = {
  /** Only things that the caller may see. */
  'search.find': read(
    'everyone',
    () => z.strictObject({ text: z.string().max(40) }),
    reply<SearchView>(),
    { rest: 'lanes' },
  ),
} as const
