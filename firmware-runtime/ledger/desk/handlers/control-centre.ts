// The centre of many lots: how far its rows are, and a new request for pairing by a person.
import { noCentre } from '../../calls/centre-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { CentreFeed } from '../centre/centre-feed.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** Null: no centre, or its feed is not open yet. */
type CentreOf = () => Pick<CentreFeed, 'view' | 'pairAgain'> | null

export const centreCalls = defineCalls((lot: Lot<'acts', { centre: CentreOf }>) => ({
  'centre.state': () => lot.centre?.()?.view() ?? noCentre,
  'centre.pairAgain': (args, role) => {
    const part = lot.centre?.() ?? null
    if (part === null) throw new LaneFault('ARG-01', { field: '/centre', value: '' })
    lot.acts.of('centre.pairAgain', args, role).audit()
    part.pairAgain()
    return { ok: true, repeated: false }
  },
}))
