// The calls about acceptance papers.
// A lot in memory has no folder and no papers. Refusals come before the audit row.
import type { ArgsOf } from '../../api/table.ts'
import type { PapersReportView } from '../../api/papers-views.ts'
import type { PapersService } from '../acceptance/papers-service.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import type { papersCalls } from '../../api/calls/papers.ts'
import { needed } from './no-folder.ts'
import type { PhotoDrafts } from './photo-drafts.ts'

/** The service is loaded at its first use, so that a lane starts without it. */
export interface PapersPart {
  service(): Promise<PapersService>
  /** Made outside the lanes' thread. */
  report(args: ArgsOf<'papers.report'>): Promise<PapersReportView>
}

export function papersHandlers(
  acts: ControlActs,
  papers: PapersPart | null,
  drafts: Pick<PhotoDrafts, 'came'>,
): HandlersOf<keyof typeof papersCalls> {
  const there = needed(papers, 'LOT-01')
  const here = async () => there().service()
  return {
    'papers.state': async () => (await here()).view(),
    'papers.report': (args) => there().report(args),
    'papers.fill': async (args) => (await here()).fill(args),
    'papers.attach': async ({ paper, name, draftId, by }) =>
      (await here()).attach(paper, name, drafts.came(draftId), by),
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
}
