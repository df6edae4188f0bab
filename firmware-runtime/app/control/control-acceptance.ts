// The acceptance calls of the control API. A lot in memory has no folder and no acceptance. The override of the lock is
// an act: its audit row counts, names the session that it unlocks, and needs the PIN of its person.
import type { ActAnswer, ArgsOf, Role } from '../../api/table.ts'
import type { AcceptanceReportView } from '../../api/acceptance-views.ts'
import type { acceptanceCalls } from '../../api/calls/acceptance.ts'
import type { AcceptanceService } from '../acceptance/acceptance-service.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import { needed } from './no-folder.ts'

/** Made outside the lanes' thread. */
type AcceptanceReport = (args: ArgsOf<'acceptance.report'>) => Promise<AcceptanceReportView>

/** The service is loaded at its first use, so that a lane starts without it. */
export interface AcceptancePart {
  service(): Promise<AcceptanceService>
  readonly report: AcceptanceReport
}

type Calls = keyof typeof acceptanceCalls

export function acceptanceHandlers(
  acts: ControlActs,
  acceptance: AcceptancePart | null,
): HandlersOf<Calls> {
  const there = needed(acceptance, 'LOT-01')
  const here = async (): Promise<AcceptanceService> => there().service()
  return {
    'acceptance.state': async () => (await here()).view(),
    'acceptance.report': (args) => there().report(args),
    'acceptance.run': async (args) => (await here()).run(args),
    'acceptance.stop': async () => (await here()).stop(),
    'acceptance.skip': async () => (await here()).passOver(),
    async 'acceptance.override'(
      args: ArgsOf<'acceptance.override'>,
      role: Role,
    ): Promise<ActAnswer> {
      const own = await here()
      return acts.onLot('acceptance.override', args, role, (audit) => {
        audit(`acceptance.override ${own.toOverride()}`)
      })
    },
  }
}
