// The plan of an update as a window shows it.
import type { PlanView } from '../calls/update-views.ts'
import type { UpdatePlan } from '../pure/update/plan.ts'
import { codedFault } from '#base/process/api-fault.ts'

export function planView({ file, from, step, wanted }: UpdatePlan): PlanView {
  const { version, build, bytes } = file
  const tried = step.is === 'tried' ? step : null
  return {
    version,
    build,
    bytes,
    from,
    step: step.is,
    triedIso: tried?.triedIso ?? null,
    figures: tried?.figures ?? null,
    refused:
      step.is === 'refused' ? { ...codedFault(step.code, step.note), atIso: step.atIso } : null,
    wanted,
  }
}
