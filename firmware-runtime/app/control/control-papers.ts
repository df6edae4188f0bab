// The calls about acceptance papers.
// A lot in memory has no folder and no papers. Refusals come before the audit row.
import type { ActAnswer, ArgsOf, Role } from '../../api/table.ts'
import type { PapersReportView } from '../../api/papers-views.ts'
import type { PapersService } from '../acceptance/papers-service.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import type { papersCalls } from '../../api/calls/papers.ts'
import { needed } from './no-folder.ts'
import type { PhotoDrafts } from './photo-drafts.ts'

/** Made outside the lanes' thread. */
type PapersReport = (args: ArgsOf<'papers.report'>) => Promise<PapersReportView>

/** The service is loaded at its first use, so that a lane starts without it. */
export interface PapersPart {
  service(): Promise<PapersService>
  readonly report: PapersReport
}

type Calls = keyof typeof papersCalls

export function papersHandlers(
  acts: ControlActs,
  papers: PapersPart | null,
  drafts: Pick<PhotoDrafts, 'came'>,
): HandlersOf<Calls> {
  const there = needed(papers, 'LOT-01')
  const here = async (): Promise<PapersService> => there().service()
  return {
    'papers.state': async () => (await here()).view(),
    'papers.report': (args) => there().report(args),
    'papers.fill': async (args) => (await here()).fill(args),
    'papers.attach': async ({ paper, name, draftId, by }) =>
      (await here()).attach(paper, name, drafts.came(draftId), by),
    async 'papers.review'(args: ArgsOf<'papers.review'>, role: Role): Promise<ActAnswer> {
      const own = await here()
      return acts.onLot('papers.review', args, role, (audit) => {
        const { paper, accepted, by, reason } = args
        own.mayReview(paper, by)
        audit(`papers.review ${paper} ${accepted ? 'accepted' : 'returned'}`)
        own.review(paper, accepted, by, reason)
      })
    },
    async 'papers.drill'(args: ArgsOf<'papers.drill'>, role: Role): Promise<ActAnswer> {
      const own = await here()
      return acts.onLot('papers.drill', args, role, (audit) => {
        const { heldIso, by, reason } = args
        own.mayDrill(heldIso)
        audit(`papers.drill ${heldIso}`)
        own.drill(heldIso, by, reason)
      })
    },
  }
}
