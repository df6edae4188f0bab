// The link of a simulated device with a line speed: on a pty, bytes are garbled in both directions while the other end
// has another speed, or while the wire pair is swapped.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ListenAddress } from './arguments.ts'
import { openSimLink } from './link.ts'
import type { SimLink, SimLinkHandlers } from './sim-link.ts'
import { ptySpeed } from './pty-speed.ts'
import { throughUart } from './uart.ts'

interface LineOptions {
  /** Null: the link has no speed, every byte arrives. */
  readonly baud: number | null
  readonly swapped: boolean
}

const baudMax = 4_000_000

/** Options of `--baud N` and `--pair swapped`. */
export function lineOf(extra: Readonly<Record<string, string>>): LineOptions {
  const { baud, pair = 'right' } = extra
  const speed = baud === undefined ? null : Number(baud)
  if (speed !== null && (!/^\d{2,7}$/.test(baud ?? '') || speed > baudMax))
    throw new LaneFault('ARG-01', { field: '--baud', value: baud ?? '', note: 'a speed in baud' })
  if (pair !== 'right' && pair !== 'swapped')
    throw new LaneFault('ARG-01', { field: '--pair', value: pair, note: 'right or swapped' })
  if (pair === 'swapped' && speed === null)
    throw new LaneFault('ARG-01', { field: '--pair', value: pair, note: 'needs --baud' })
  return { baud: speed, swapped: pair === 'swapped' }
}

export async function openSerialLine(
  address: ListenAddress | null,
  { baud, swapped }: LineOptions,
  handlers: SimLinkHandlers,
): Promise<SimLink> {
  if (baud === null) return openSimLink(address, handlers)
  if (address?.kind !== 'pty')
    throw new LaneFault('ARG-01', { field: '--baud', value: String(baud), note: 'needs pty:PATH' })
  const { path } = address
  // One after another: reading the speed takes a moment, and bytes keep their order.
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (run: () => Promise<void>): void => {
    turn = turn.then(run).catch(handlers.failed)
  }
  const speed = async (): Promise<number> => (await ptySpeed(path)) ?? baud
  const link = await openSimLink(address, {
    ...handlers,
    bytes: (chunk, client) =>
      inTurn(async () => {
        const ends = { fromBaud: await speed(), toBaud: baud, swapped }
        const arrived = throughUart(chunk, ends)
        if (arrived.length > 0) handlers.bytes(arrived, client)
      }),
  })
  return {
    ...link,
    send: (bytes, client) =>
      inTurn(async () => {
        const ends = { fromBaud: baud, toBaud: await speed(), swapped }
        const left = throughUart(bytes, ends)
        if (left.length > 0) link.send(left, client)
      }),
    async close() {
      await turn
      await link.close()
    },
    get bytesIn() {
      return link.bytesIn
    },
    get bytesOut() {
      return link.bytesOut
    },
  }
}
