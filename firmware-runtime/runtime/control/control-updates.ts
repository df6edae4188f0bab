// The calls about updates of the program.
import type { TrustFileView, UpdatesView } from '../calls/update-views.ts'
import type { Wanted } from '../pure/update/plan.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export interface UpdateParts {
  view(): UpdatesView
  trustFile(file: string): Promise<TrustFileView>
  trust(file: string, fingerprint: string): void
  look(from: string): Promise<UpdatesView>
  /** Throws UPDATE-20 or UPDATE-21, before anything begins. */
  mayPrepare(): void
  prepare(from: string): void
  /** The version that would be wanted. Throws UPDATE-20 or UPDATE-21. */
  prepared(): string
  want(wish: Pick<Wanted, 'when' | 'by'>): void
  drop(): void
  /** The version on trial. Throws UPDATE-20 where there is none. */
  onTrial(): string
  back(who: { readonly by: string; readonly reason: string }): void
}

export const updateCalls = defineCalls((lot: Lot<'acts', { updates: UpdateParts }>) => {
  const there = needed(lot.updates, 'LOT-01')
  return {
    'updates.get': () => there().view(),
    'updates.trustFile': ({ file }) => there().trustFile(file),
    'updates.look': ({ from }) => there().look(from),
    ...lot.acts.table({
      'updates.trust': ({ file, fingerprint }, act) => {
        act.audit(fingerprint)
        there().trust(file, fingerprint)
      },
      'updates.prepare': ({ from }, act) => {
        there().mayPrepare()
        act.audit(from)
        there().prepare(from)
      },
      'updates.want': ({ when, by }, act) => {
        act.audit(`${there().prepared()} ${when}`)
        there().want({ when, by })
      },
      'updates.drop': (_args, act) => {
        act.audit()
        there().drop()
      },
      'updates.back': ({ by, reason }, act) => {
        act.audit(there().onTrial())
        there().back({ by, reason })
      },
    }),
  }
})
