// Parses a barrier link URL: transport and unit of its board. `tcp://` is Modbus TCP, `tcp://…?wire=rtu` a serial
// server, `serial:` Modbus RTU on a port.
import { notKnown } from '../../link-query.ts'
import type { BarrierConfig } from './config.ts'
import { modbusRtu, restMsAt } from './rtu.ts'
import { modbusTcp, type RelayTransport } from './transport.ts'

export interface BoardLink {
  readonly transport: RelayTransport
  readonly config: BarrierConfig
}

/** Factory setting of relay boards: 9600 8N1, unit 1 (lane-devices.md 2.2). */
export const relayBaud = '9600'
/** Parameters of the port, and the profile name, which is checked with the library. */
const otherParameters = ['parity', 'dataBits', 'stopBits', 'profile']

/**
 * 1 to 247; on TCP a board that is not a gateway may also have 0 or 255. On a serial line 0 is the broadcast address.
 */
export const isUnitOf = (unitId: number, transport: string): boolean =>
  (unitId >= 1 && unitId <= 247) || (transport === 'tcp' && (unitId === 0 || unitId === 255))

/** Throws LOT-03 with the parameter. */
export function boardLinkOf(url: string, field: string, base: BarrierConfig): BoardLink {
  const serial = url.startsWith('serial:')
  const refuse = (name: string, text: string): never => {
    throw notKnown(url, field, name, text)
  }
  let [transport, unitId, baud] = [serial ? 'rtu' : 'tcp', base.unitId, Number(relayBaud)]
  for (const [name, text] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (name === 'unit' && /^\d{1,3}$/.test(text)) unitId = Number(text)
    else if (name === 'wire' && ['tcp', 'rtu'].includes(text)) transport = text
    else if (name === 'baud') baud = Number(text)
    else if (!otherParameters.includes(name)) refuse(name, text)
  }
  if (!isUnitOf(unitId, transport)) refuse('unit', String(unitId))
  if (serial && transport === 'tcp') refuse('wire', transport)
  return {
    transport: transport === 'rtu' ? modbusRtu(restMsAt(baud)) : modbusTcp,
    config: { ...base, unitId },
  }
}
