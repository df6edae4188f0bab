// The calls that read board, ledger, queue and photos of a lot (control-views.ts); calls about the board wait for the day.
import type { Caller } from '#lane/people/people-gate.ts'
import type { ControlViews } from './control-views.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface ReadLot extends Lot<'fence' | 'photos'> {
  readonly views: ControlViews
  /** Settles when the day so far was read, or cannot be read. */
  day(): Promise<void>
}

export const readCalls = defineCalls(({ views, fence, photos, day }: ReadLot) => {
  /** Since when this caller may see records; null: all of them. */
  const sinceOf = async (caller: Caller) => (await fence.shiftOf(caller))?.span.fromMs ?? null
  return {
    'status.get': () => day().then(() => views.status()),
    'board.get': () => day().then(() => views.board()),
    'ledger.query': async (args, _role, caller) => views.query(args, await sinceOf(caller)),
    'ledger.sheet': (args) => views.sheet(args),
    'ledger.sums': (args) => views.sums(args),
    'ledger.timeline': (args) => views.timeline(args),
    'ledger.verify': () => views.verify(),
    'queue.status': () => views.queueStatus(),
    'queue.list': async (args, _role, caller) => views.queueList(args, await sinceOf(caller)),
    'photo.get': (args) => views.photo(args),
    'photo.hold': (args) => photos.hold(args),
  }
})
