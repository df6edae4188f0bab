// The calls of the survey by passages: they read the stored passages of a lane, and restart its reference. A lot in
// memory stores nothing.
import type { ArgsOf, Role } from '../../api/table.ts'
import type { PassingService } from '../survey/passing-service.ts'
import type { ControlActs } from './control-acts.ts'
import { needed } from './no-folder.ts'

export function passingHandlers(
  service: PassingService | null,
  acts: Pick<ControlActs, 'onDevice'>,
) {
  const passing = needed(service, 'SURVEY-01')
  return {
    'passing.get': async ({ laneId }: ArgsOf<'passing.get'>) => passing().view(laneId),
    'passing.begin': (args: ArgsOf<'passing.begin'>, role: Role) =>
      acts.onDevice('passing.begin', args, role, (audit) => {
        passing().mayBegin(args.laneId)
        audit('passing.begin')
        passing().begin(args.laneId)
      }),
  }
}
