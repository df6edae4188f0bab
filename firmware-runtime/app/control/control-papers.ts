// The calls about acceptance papers.
// A lot in memory has no folder and no papers. Refusals come before the audit row.
import type { ActAnswer, ArgsOf, Role } from '../../api/table.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { PapersReportView } from '../../api/papers-views.ts'
import type { PapersService } from '../acceptance/papers-service.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import type { papersCalls } from '../../api/calls/papers.ts'
import { noFolder } from './no-folder.ts'
import type { PhotoDrafts } from './photo-drafts.ts'

/** Made outside the lanes' thread. */
export type PapersReport = (args: ArgsOf<'papers.report'>) => Promise<PapersReportView>

type Calls = keyof typeof papersCalls

export function papersHandlers(
  acts: ControlActs,
  papers: { readonly service: PapersService; readonly report: PapersReport } | null,
  drafts: Pick<PhotoDrafts, 'came'>,
): HandlersOf<Calls> {
  const there = () => {
    if (papers === null) throw new LaneFault('LOT-01', noFolder)
    return papers
  }
  const here = (): PapersService => there().service
  return {
    'papers.state': () => here().view(),
    'papers.report': (args) => there().report(args),
    'papers.fill': (args) => here().fill(args),
    'papers.attach': ({ paper, name, draftId, by }) =>
      here().attach(paper, name, drafts.came(draftId), by),
    'papers.review': (args: ArgsOf<'papers.review'>, role: Role): ActAnswer =>
      acts.onLot('papers.review', args, role, (audit) => {
        const { paper, accepted, by, reason } = args
        here().mayReview(paper, by)
        audit(`papers.review ${paper} ${accepted ? 'accepted' : 'returned'}`)
        here().review(paper, accepted, by, reason)
      }),
    'papers.drill': (args: ArgsOf<'papers.drill'>, role: Role): ActAnswer =>
      acts.onLot('papers.drill', args, role, (audit) => {
        const { heldIso, by, reason } = args
        here().mayDrill(heldIso)
        audit(`papers.drill ${heldIso}`)
        here().drill(heldIso, by, reason)
      }),
  }
}
