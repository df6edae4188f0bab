// The seek calls of the control API, for demo, workbench and running lot.
// Without a service all of them are refused.
import type { seekCalls } from '../../api/calls/seek.ts'
import type { AnswerOf, ArgsOf } from '../../api/table.ts'
import type { SeekService } from '../find/seek-service.ts'
import { needed } from './no-folder.ts'

type SeekName = keyof typeof seekCalls
type SeekHandlers = {
  readonly [N in SeekName]: (args: ArgsOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

export function seekHandlers(service: SeekService | null): SeekHandlers {
  const here = needed(service, 'FIND-22', {})
  return {
    'seek.state': () => here().state(),
    'seek.begin': ({ what, at }) => here().begin(what, at ?? null),
    'seek.cancel': () => here().cancel(),
    'seek.camera': ({ laneId, address }) => here().camera(laneId, address ?? null),
  }
}
