// The examples of matters in a lot whose lane has another id, and the addresses that their buttons lead to.
import type { Matter } from '#runtime/inbox/matter.ts'
import { matters } from '#runtime/inbox/table.ts'
import { addressOf } from '#base/pure/values/matter-thing.ts'
import { here, waiting } from './matter-examples.ts'

/** The same answer of a lot whose lane has another id. */
export const atLane = (laneId: string, answer: object): object =>
  JSON.parse(JSON.stringify(answer).replaceAll('"exit"', JSON.stringify(laneId))) as object

/** The address of every row of these examples, of a lot with that lane. */
export const examplesAt = (laneId: string): readonly string[] =>
  waiting.flatMap(([kind, answer]) => {
    const matter = matters[kind] as unknown as Matter
    const rows = matter.rowsOf(atLane(laneId, answer) as never, here(60_000))
    return rows.map(({ to = matter.to, thing }) => addressOf(to, thing))
  })
