// The TCP side of a simulated camera, whatever it is the model of, and the members of what a test sends it.
// Cameras with and without a gate stand behind it.
import { LaneFault } from '../../../core/values/faults.ts'
import type { DeviceOutput } from '../../shell/device-model.ts'
import { openLinkSim } from '../../shell/link-sim.ts'
import type { LinkSim } from '../../shell/link-sim.ts'
import type { SimContext } from '../../shell/process.ts'
import type { TcpModel } from './tcp-model.ts'

export const membersOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}

/** `place`: where faults of the whole camera are checked. Throws ARG-01 for a link that is no TCP. */
export function openTcpSide<Row>(
  context: SimContext,
  model: TcpModel<Row>,
  place: string,
): Promise<LinkSim<DeviceOutput<Row>>> {
  const { args } = context
  if (args.listen?.kind === 'pty' || args.listen?.kind === 'https')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'tcp:// or http:// is wanted' })
  const listen = args.listen === null ? null : ({ ...args.listen, kind: 'tcp' } as const)
  return openLinkSim({ ...context, args: { ...args, listen } }, model, { place })
}
