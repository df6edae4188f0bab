// Steps a lane on a frozen state, and once more on a copy: the same event on the same state must give the same effects.
// Every bench steps this way.
import { isDeepStrictEqual } from 'node:util'
import { stepTable } from '#lane/pure/steps.ts'
import { freeze } from '../../harness/lot/twice.ts'

export function stepTwice(
  ...[table, state, event, view]: Parameters<typeof stepTable>
): ReturnType<typeof stepTable> {
  const step = stepTable(table, freeze(state), event, view)
  const again = stepTable(table, structuredClone(state), event, view)
  if (isDeepStrictEqual(step, again)) return step
  throw new Error(`${state.name}: ${event.type} has other effects on an equal state`)
}
