// The TCP side of a simulated camera for any model, and the members that tests send it.
// Used by cameras with and without a gate.
import { hostPortOf } from '../../shell/arguments.ts'
import type { DeviceOutput } from '../../shell/device-model.ts'
import { openLinkSim, type LinkSim } from '../../shell/link-sim.ts'
import type { SimContext } from '../../shell/process.ts'
import type { TcpModel } from './tcp-model.ts'
import { isMembers, type Members } from '../../shell/members.ts'

export const membersOf = (body: unknown): Members => (isMembers(body) ? body : {})

/** `place`: where faults of the whole camera are checked. */
export function openTcpSide<Row>(
  context: SimContext,
  model: TcpModel<Row>,
  place: string,
): Promise<LinkSim<DeviceOutput<Row>>> {
  const { args } = context
  const listen =
    args.listen === null ? null : ({ ...hostPortOf(args.listen), kind: 'tcp' } as const)
  return openLinkSim({ ...context, args: { ...args, listen } }, model, { place })
}
