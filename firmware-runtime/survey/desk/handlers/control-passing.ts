// The calls of the survey by passages: they read the stored passages of a lane, and restart its reference. A lot in
// memory stores nothing.
import type { PassingService } from '../../runs/passing-service.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export const passingCalls = defineCalls((lot: Lot<'acts', { passing: PassingService }>) => {
  const passing = needed(lot.passing, 'SURVEY-01')
  return {
    'passing.get': async ({ laneId }) => passing().view(laneId),
    ...lot.acts.table({
      'passing.begin': ({ laneId }, act) => {
        passing().mayBegin(laneId)
        act.audit()
        passing().begin(laneId)
      },
    }),
  }
})
