// The calls about acceptance papers.
// A lot in memory has no folder and no papers. Refusals come before the audit row.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { PapersReportView } from '../../calls/papers-views.ts'
import type { PapersService } from '../service/papers-service.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** The service is loaded at its first use, so that a lane starts without it. */
interface PapersPart {
  service(): Promise<PapersService>
  /** Made outside the lanes' thread. */
  report(args: ArgsOf<'papers.report'>): Promise<PapersReportView>
}

export const papersCalls = defineCalls((lot: Lot<'acts' | 'photos', { papers: PapersPart }>) => {
  const there = needed(lot.papers, 'LOT-01')
  const { acts, photos } = lot
  const here = async () => there().service()
  return {
    'papers.state': async () => (await here()).view(),
    'papers.report': (args) => there().report(args),
    'papers.fill': async (args) => (await here()).fill(args),
    'papers.attach': async ({ paper, name, draftId, by }) =>
      (await here()).attach(paper, name, photos.came(draftId), by),
    'papers.review': async (args, role) => {
      const own = await here()
      const { paper, accepted, by, reason } = args
      const act = acts.of('papers.review', args, role)
      return act.once(() => {
        own.mayReview(paper, by)
        act.audit(`${paper} ${accepted ? 'accepted' : 'returned'}`)
        own.review(paper, accepted, by, reason)
      })
    },
    'papers.drill': async (args, role) => {
      const own = await here()
      const { heldIso, by, reason } = args
      const act = acts.of('papers.drill', args, role)
      return act.once(() => {
        own.mayDrill(heldIso)
        act.audit(heldIso)
        own.drill(heldIso, by, reason)
      })
    },
  }
})
