// The find calls of the control API, for demo, workbench and running lot.
// Without a service all of them are refused.
import type { FindService } from '../../find/find-service.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export const findCalls = defineCalls((lot: Lot<never, { find: FindService }>) => {
  const here = needed(lot.find, 'FIND-22', {})
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
})
