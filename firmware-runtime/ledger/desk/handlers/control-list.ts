// The calls about the status list.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { ListView } from '#base/calls/list-views.ts'

export interface ListParts {
  view(): ListView
  now(full: boolean): Promise<ListView>
  take(path: string): Promise<ListView>
}

export const listCalls = defineCalls((lot: Lot<'acts', { list: ListParts }>) => {
  const there = needed(lot.list, 'LIST-06')
  return {
    'list.status': () => there().view(),
    'list.now': ({ full }) => there().now(full),
    'list.take': async (args, role) => {
      const taken = await there().take(args.path)
      lot.acts.of('list.take', args, role).audit(taken.version)
      return taken
    },
  }
})
