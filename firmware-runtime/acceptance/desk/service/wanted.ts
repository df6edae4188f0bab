// The items that a run judges: the named one, those of a table, else what an interrupted run left, else all.
import { appendixOf } from '../../pure/item.ts'
import type { ItemId } from '../../pure/items/ids.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AcceptanceSession } from './session.ts'

/** Throws ARG-01 for an unknown item, and for an item beside a table. */
export function wantedItems(
  session: AcceptanceSession,
  { item, appendix }: ArgsOf<'acceptance.run'>,
): readonly ItemId[] {
  const ids = acceptanceItems.map(({ id }) => id)
  if (item !== undefined && appendix !== undefined)
    throw new LaneFault('ARG-01', { field: '/item', value: item, note: '--item | --appendix' })
  if (item !== undefined) {
    const own = ids.find((id) => id === item)
    if (own === undefined) throw new LaneFault('ARG-01', { field: '/item', value: item })
    return [own]
  }
  if (appendix !== undefined) return ids.filter((id) => appendixOf(id) === appendix)
  return session.waiting.length > 0 ? session.waiting : ids
}
