// How far an update is on its way to the lanes, as the picture of the page shows it.
import type { PrepareStep, UpdatesView } from '#runtime/calls/update-views.ts'

const stages = ['seen', 'fetched', 'unpacked', 'tried', 'waits', 'trial', 'kept'] as const
type Stage = (typeof stages)[number]
/** `asks`: a person has to decide. */
type StageState = 'done' | 'now' | 'asks' | 'bad' | 'next'

const stageOfStep: Readonly<Record<PrepareStep, Stage>> = {
  look: 'seen',
  fetch: 'fetched',
  unpack: 'unpacked',
  copy: 'tried',
  read: 'tried',
  try: 'tried',
}
type Seen = Pick<
  UpdatesView,
  'running' | 'looked' | 'working' | 'failed' | 'plan' | 'trial' | 'last'
>

/** The stage that is not done yet, and its state; null: nothing is on its way. */
function presentOf(view: Seen): { readonly stage: Stage; readonly is: StageState } | null {
  const { looked, working, failed, plan, trial, last, running } = view
  if (trial !== null) return { stage: 'trial', is: 'now' }
  if (working !== null) return { stage: stageOfStep[working.step], is: 'now' }
  if (plan?.step === 'tried') return { stage: 'waits', is: plan.wanted === null ? 'asks' : 'now' }
  if (plan?.step === 'refused') return { stage: 'tried', is: 'bad' }
  const is = failed === null ? 'asks' : 'bad'
  if (plan?.step === 'fetched') return { stage: 'unpacked', is }
  if (plan !== null || looked?.is === 'newer') return { stage: 'fetched', is }
  if (failed !== null) return { stage: 'seen', is }
  if (last?.is === 'takenBack' && last.to === running.version) return { stage: 'trial', is: 'bad' }
  return null
}

export function stagesOf(
  view: Seen,
): readonly { readonly stage: Stage; readonly is: StageState }[] {
  const present = presentOf(view)
  if (present === null) {
    const isKept = view.last?.is === 'kept' && view.last.to === view.running.version
    return stages.map((stage) => ({ stage, is: isKept ? 'done' : 'next' }))
  }
  const at = stages.indexOf(present.stage)
  return stages.map((stage, i) => ({ stage, is: i < at ? 'done' : i > at ? 'next' : present.is }))
}
