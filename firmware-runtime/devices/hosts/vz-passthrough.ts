// Serial bytes through a Vzicom camera: its message `ttransmission` (lane-devices.md 1.3). The camera's own driver
// frames and carries the messages; they are made and decoded here.
import type { CameraMessages, SerialPassthrough } from '../ports/serial-passthrough.ts'
import type { Cancel } from '#base/ports/clocks.ts'

export const vzPorts = ['rs485-1', 'rs485-2'] as const
type VzPort = (typeof vzPorts)[number]

const command = 'ttransmission'

/** Opens the port for this connection. The length is that of the name, as in the maker's own code. */
export const openMessage = (port: VzPort) => ({
  cmd: command,
  subcmd: 'init',
  data: port,
  datalen: port.length,
})

export const bytesMessage = (port: VzPort, bytes: Uint8Array) => ({
  cmd: command,
  subcmd: 'send',
  comm: port,
  data: Buffer.from(bytes).toString('base64'),
  /** Length of the bytes, not of their text. */
  datalen: bytes.length,
})

/** Requests name the port as text; replies were seen with the port number as well. */
const isPort = (comm: unknown, port: VzPort): boolean =>
  comm === undefined || comm === port || comm === vzPorts.indexOf(port)

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Serial bytes of that port; null: another message, a plain reply, or a damaged one. */
export function bytesOfMessage(message: unknown, port: VzPort): Uint8Array | null {
  if (typeof message !== 'object' || message === null) return null
  const { cmd, subcmd, comm, data, datalen }: Record<string, unknown> = { ...message }
  // The reply to `init` has the port name in the place of the bytes.
  if (cmd !== command || subcmd === 'init' || subcmd === 'uninit' || !isPort(comm, port))
    return null
  if (typeof data !== 'string' || data === '' || !base64.test(data)) return null
  const bytes = new Uint8Array(Buffer.from(data, 'base64'))
  return typeof datalen === 'number' && datalen !== bytes.length ? null : bytes
}

export const vzPassthrough = (camera: CameraMessages, port: VzPort): SerialPassthrough => ({
  send: (bytes) => camera.send(bytesMessage(port, bytes)),
  onBytes(take): Cancel {
    return camera.onMessage((message) => {
      const bytes = bytesOfMessage(message, port)
      if (bytes !== null) take(bytes)
    })
  },
  onChange(take): Cancel {
    return camera.onChange((up, reason) => {
      // The camera closes its ports with its connection.
      if (up) camera.send(openMessage(port))
      take(up, reason)
    })
  },
})
