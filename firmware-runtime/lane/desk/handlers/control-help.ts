// The calls for a person at a lane: open calls, taking one, and making one for an intercom. Taking one is an audited
// act; only the first person gets it.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PersonCalls } from '../../lot/person-calls.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export const helpCalls = defineCalls((lot: Lot<'acts', { help: PersonCalls }>) => {
  const open = needed(lot.help, 'API-02', { note: t('没有打开停车场', 'no lot is open') })
  return {
    'help.list': () => ({ rows: lot.help?.view() ?? [] }),
    ...lot.acts.table({
      'help.call': ({ laneId, by }, act) => {
        lot.acts.lane(laneId)
        open().call(laneId, 'asked', by, [act.row(undefined, { laneId })])
      },
      'help.take': ({ callId, by }, act) => {
        if (open().takeBy(callId, by, act.row(callId)) === null)
          throw new LaneFault('CALL-02', { field: '/callId', value: callId })
      },
    }),
  }
})
