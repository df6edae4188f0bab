// The seek calls of the control API, in a demo, on the workbench and in a running lot alike.
// Without a desk every one of them is refused.
import type { seekCalls } from '../api/calls/seek.ts'
import type { AnswerOf, ArgsOf } from '../api/table.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { SeekDesk } from './find/seek-desk.ts'

type SeekName = keyof typeof seekCalls
export type SeekHandlers = {
  readonly [N in SeekName]: (args: ArgsOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

export function seekHandlers(desk: SeekDesk | null): SeekHandlers {
  const here = (): SeekDesk => {
    if (desk === null) throw new LaneFault('FIND-22')
    return desk
  }
  return {
    'seek.state': () => here().state(),
    'seek.begin': ({ what, at }) => here().begin(what, at ?? null),
    'seek.cancel': () => here().cancel(),
    'seek.camera': ({ laneId, address }) => here().camera(laneId, address ?? null),
  }
}
