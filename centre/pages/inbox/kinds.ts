// Words of a kind of matter, by its path in words.ts.
import type { MatterView } from '../../desk/calls/inbox/views.ts'
import { words } from './words.ts'

/** Without a row to set aside, what stopped the figures is its batch. */
const ofRow = ({ kind, aside }: Pick<MatterView, 'kind' | 'aside'>): string =>
  kind === 'foldStopped' && aside === null ? 'foldBroken' : kind

export function wordOf(
  matter: Pick<MatterView, 'kind' | 'aside'>,
  which: 'title' | 'why' | 'does' | 'effect',
): string {
  const kind = ofRow(matter)
  return `inbox.kinds.${Object.hasOwn(words.kinds, kind) ? kind : 'other'}.${which}`
}
