// The calls about the status list.
// Absent: the lot has no folder.
import { needed } from './no-folder.ts'
import type { listCalls } from '../../api/calls/list.ts'
import type { ListView } from '../../api/list-views.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'

export interface ListParts {
  view(): ListView
  now(full: boolean): Promise<ListView>
  take(path: string): Promise<ListView>
}

export function listHandlers(
  acts: ControlActs,
  list: ListParts | null,
): HandlersOf<keyof typeof listCalls> {
  const there = needed(list, 'LIST-06')
  return {
    'list.status': () => there().view(),
    'list.now': ({ full }) => there().now(full),
    'list.take': async (args, role) => {
      const taken = await there().take(args.path)
      acts.of('list.take', args, role).audit(taken.version)
      return taken
    },
  }
}
