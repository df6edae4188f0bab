// Rehearsals of a running lot: cutting a connection lets the clock look at its sources again.
import { RehearsalRunner } from '#lane/lot/rehearsal-runner.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Site } from '../site/site-parts.ts'

export function hostRehearsals(
  { runtime, opened, cuts }: Site,
  mono: MonoClock,
  cutChanged: () => void,
): RehearsalRunner {
  cuts.onChange.add(cutChanged)
  const runner = new RehearsalRunner({ runtime, ledger: opened.ledger, mono, cuts })
  runner.start()
  return runner
}
