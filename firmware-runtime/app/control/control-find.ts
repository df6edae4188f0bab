// The find calls of the control API, for demo, workbench and running lot.
// Without a service all of them are refused.
import type { AnswerOf, ArgsOf } from '../../api/table.ts'
import type { findCalls } from '../../api/calls/find.ts'
import type { FindService } from '../find/find-service.ts'
import { needed } from './no-folder.ts'

type FindName = keyof typeof findCalls
type FindHandlers = {
  readonly [N in FindName]: (args: ArgsOf<N>) => AnswerOf<N> | Promise<AnswerOf<N>>
}

export function findHandlers(service: FindService | null): FindHandlers {
  const here = needed(service, 'FIND-22', {})
  return {
    'find.state': () => here().state(),
    'find.ports': () => here().list(),
    'find.probe': ({ links, tcpHosts }) => here().probe(links ?? null, tcpHosts ?? []),
    'find.cancel': () => here().cancel(),
    'find.connect': ({ link, holdId }) => here().connect(link, holdId ?? null),
    'find.disconnect': () => here().disconnect(),
    'find.autoConnect': ({ on }) => here().setAutoConnect(on),
    'find.push': ({ laneId, camera }) => here().push(laneId, camera ?? null),
    'find.workbench': ({ on }) => here().workbench(on),
  }
}
