// The seek calls of the control API, for demo, workbench and running lot.
// Without a service all of them are refused.
import type { SeekService } from '../../find/seek-service.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export const seekCalls = defineCalls((lot: Lot<never, { seek: SeekService }>) => {
  const here = needed(lot.seek, 'FIND-22', {})
  return {
    'seek.state': () => here().state(),
    'seek.begin': ({ what, at }) => here().begin(what, at ?? null),
    'seek.cancel': () => here().cancel(),
    'seek.camera': ({ laneId, address }) => here().camera(laneId, address ?? null),
  }
})
