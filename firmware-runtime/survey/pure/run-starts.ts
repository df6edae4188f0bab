// When the run of each record of rows 7 to 12 of table D.1 began, each file of a joined one by its own chain.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { chainsOf } from './file/chain-states.ts'
import type { ItemId, SurveyBody, SurveyRecord } from './file/record.ts'

/** Of a record: when its run began; absent: no start is recorded before it. */
export interface Begun {
  readonly startedAtMs?: InstantMs
}

const rowsOf = (body: SurveyBody): readonly ItemId[] => {
  if (body.kind === 'rate') return [body.way === 'up' ? 'D11' : 'D12']
  if (body.kind !== 'link') return []
  return body.way === 'ping' ? ['D7', 'D8'] : [body.way === 'up' ? 'D9' : 'D10']
}

/** Start of the run of each record of rows 7 to 12 by record id, each file by its own chain. */
export function startsOf(records: readonly SurveyRecord[]): ReadonlyMap<string, InstantMs> {
  const starts = new Map<string, InstantMs>()
  for (const chain of chainsOf(records)) {
    const last = new Map<ItemId, InstantMs>()
    for (const { id, atMs, body } of chain) {
      if (body.kind === 'started') for (const { item } of body.runs) last.set(item, atMs)
      const own = rowsOf(body).flatMap((row) => last.get(row) ?? [])
      if (own.length > 0) starts.set(id, Math.max(...own))
    }
  }
  return starts
}
