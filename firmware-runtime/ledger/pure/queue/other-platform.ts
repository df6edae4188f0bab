// Handles a changed platform of a lot. A record that moves or reports money may have reached the old platform. The new one does
// not know it, and its "not found" would lead to a second charge, so the record is held for a person.
import type { LotState } from '../lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { note } from '#base/pure/words/notes.ts'
import {
  changedAccounts,
  type PlatformAccount,
  type PlatformAccounts,
} from '#base/pure/values/platform-account.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noMeta, stateRow } from './answer.ts'
import type { QueueState } from './queue.ts'
import { namesMoney } from './records.ts'

/** Call at a start, before the `boot` row is written, while the lot still has the platforms of the previous start. */
export function otherPlatformRows(
  queue: QueueState,
  { accounts: before }: Pick<LotState, 'accounts'>,
  now: PlatformAccounts,
  nowMs: InstantMs,
): RowDraft[] {
  const changed: readonly string[] = changedAccounts(before, now)
  if (changed.length === 0) return []
  const old: ReadonlyMap<string, PlatformAccount> = before
  return [...queue.records.values()].flatMap((record) => {
    const account = old.get(record.destination)
    const isOfIt = account !== undefined && changed.includes(record.destination)
    if (!isOfIt || !namesMoney.has(record.op)) return []
    const why = { note: note('otherPlatform', account.appId, account.url) }
    return [stateRow(record, { nowMs }, 'held', noMeta, why)]
  })
}
