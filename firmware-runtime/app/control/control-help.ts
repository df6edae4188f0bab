// The calls for a person at a lane: open calls, taking one, and making one for an intercom. Taking one is an audited
// act; only the first person gets it.
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { PersonCalls } from '../lot/person-calls.ts'
import type { ControlActs } from './control-acts.ts'
import { needed } from './no-folder.ts'
import type { HandlersOf } from './dispatcher.ts'

export function helpHandlers(
  calls: PersonCalls | null,
  acts: ControlActs,
): HandlersOf<'help.list' | 'help.call' | 'help.take'> {
  const open = needed(calls, 'API-02', { note: t('没有打开停车场', 'no lot is open') })
  return {
    'help.list': () => ({ rows: calls?.view() ?? [] }),
    'help.call': (args, role) =>
      acts.onStay('help.call', args, () => {
        const { laneId, by } = args
        acts.lane(laneId)
        open().call(laneId, 'asked', by, [acts.auditRow(args, role, 'help.call', { laneId })])
      }),
    'help.take': (args, role) =>
      acts.onStay('help.take', args, () => {
        const { callId, by } = args
        const audit = acts.auditRow(args, role, `help.take ${callId}`, {})
        if (open().takeBy(callId, by, audit) === null)
          throw new LaneFault('CALL-02', { field: '/callId', value: callId })
      }),
  }
}
