// Calls about the cars inside: the list, a file of another system with its difference first, and a recount. Both acts
// change which cars are inside, so both are audited and written whole or not at all.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { InsideView } from './inside-views.ts'
import { none, plainAct, read, reply } from '#base/calls/rows.ts'

export const insideCalls = {
  'inside.list': read('desk', none, reply<InsideView>(), {
    rest: 'folder',
    command: 'inside list',
  }),
  /** A person walked the lot: the cars of these stays are not there. */
  'inside.recount': plainAct(
    'owner',
    () => ({ gone: z.array(z.string().max(40)).min(1).max(5_000) }),
    { words: t('清点场内车辆', 'Cars inside counted anew'), guard: 'fourEyes' },
  ),
} as const
