// The acceptance calls of the control API. A lot in memory has no folder and no acceptance. The override of the lock is
// an act: its audit row counts, names the session that it unlocks, and needs the PIN of its person.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { AcceptanceReportView } from '../../calls/acceptance-views.ts'
import type { AcceptanceService } from '../service/acceptance-service.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** The service is loaded at its first use, so that a lane starts without it. */
interface AcceptancePart {
  service(): Promise<AcceptanceService>
  /** Made outside the lanes' thread. */
  report(args: ArgsOf<'acceptance.report'>): Promise<AcceptanceReportView>
}

export const acceptanceCalls = defineCalls((lot: Lot<'acts', { acceptance: AcceptancePart }>) => {
  const there = needed(lot.acceptance, 'LOT-01')
  const { acts } = lot
  const here = async () => there().service()
  return {
    'acceptance.state': async () => (await here()).view(),
    'acceptance.report': (args) => there().report(args),
    'acceptance.run': async (args) => (await here()).run(args),
    'acceptance.stop': async () => (await here()).stop(),
    'acceptance.skip': async (args) => (await here()).leaveOut(args),
    'acceptance.declareObu': async (args, role) => {
      const own = await here()
      const act = acts.of('acceptance.declareObu', args, role)
      return act.once(() => {
        const { obuId, pieces } = args
        own.setTestObu(obuId, pieces === 'one' ? 1 : 2, () => act.audit(`${obuId} ${pieces}`))
      })
    },
    'acceptance.dropObu': async (args, role) => {
      const own = await here()
      const act = acts.of('acceptance.dropObu', args, role)
      return act.once(() => {
        own.setTestObu(args.obuId, null, () => act.audit(args.obuId))
      })
    },
    'acceptance.override': async (args, role) => {
      const own = await here()
      const act = acts.of('acceptance.override', args, role)
      return act.once(() => act.audit(own.toOverride()))
    },
  }
})
