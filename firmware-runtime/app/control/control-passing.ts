// The calls of the survey by passages: they read the stored passages of a lane, and restart its reference. A lot in
// memory stores nothing.
import type { ArgsOf } from '../../api/table.ts'
import type { PassingService } from '../survey/passing-service.ts'
import type { ControlActs } from './control-acts.ts'
import { needed } from './no-folder.ts'

export function passingHandlers(service: PassingService | null, acts: Pick<ControlActs, 'table'>) {
  const passing = needed(service, 'SURVEY-01')
  return {
    'passing.get': async ({ laneId }: ArgsOf<'passing.get'>) => passing().view(laneId),
    ...acts.table({
      'passing.begin': ({ laneId }, act) => {
        passing().mayBegin(laneId)
        act.audit()
        passing().begin(laneId)
      },
    }),
  }
}
