// Words of a kind of matter, by its path in words.ts.
import type { MatterView } from '../../desk/calls/inbox/views.ts'
import { words } from './words.ts'

export const wordOf = (
  { kind }: Pick<MatterView, 'kind'>,
  which: 'title' | 'why' | 'does' | 'effect',
): string => `inbox.kinds.${Object.hasOwn(words.kinds, kind) ? kind : 'other'}.${which}`
