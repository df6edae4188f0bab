// The acceptance calls of the control API. A lot in memory has no folder and no acceptance.
// The override of its lock is an act: audited before it is in force, and asked the PIN of its person.
import type { ActAnswer, ArgsOf, Role } from '../../api/table.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { AcceptanceService } from '../acceptance/acceptance-service.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import { noFolder } from './no-folder.ts'

type Calls = 'acceptance.state' | 'acceptance.run' | 'acceptance.stop' | 'acceptance.override'

export function acceptanceHandlers(
  acts: ControlActs,
  service: AcceptanceService | null,
): HandlersOf<Calls> {
  const here = (): AcceptanceService => {
    if (service === null) throw new LaneFault('LOT-01', noFolder)
    return service
  }
  return {
    'acceptance.state': () => here().view(),
    'acceptance.run': (args) => here().run(args),
    'acceptance.stop': () => here().stop(),
    'acceptance.override': (args: ArgsOf<'acceptance.override'>, role: Role): ActAnswer =>
      acts.onLot('acceptance.override', args, role, (audit) => {
        const own = here()
        audit('acceptance.override')
        own.override(args.by, args.reason)
      }),
  }
}
