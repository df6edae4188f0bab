// Sends one UDP query on a named card and collects the answers for a time. When devices answer to the group, the group
// is listened to as well, beside other programs.
import { createSocket, type Socket } from 'node:dgram'
import { answersMax, type HostPort } from './answers.ts'

interface UdpQuestion {
  /** The card's own address. */
  readonly card: string
  readonly to: HostPort
  readonly waitMs: number
  readonly question: Uint8Array
  /** Some devices answer to the group instead of the querying port. */
  readonly hearGroup: boolean
}

/** Takes an answer; returns whether it is enough. */
type Hear = (answer: Uint8Array, from: string) => boolean

const isGroup = ({ host }: HostPort): boolean => /^2(?:2[4-9]|3\d)\./.test(host)

const bound = (socket: Socket, port: number, address: string): Promise<void> =>
  new Promise((done, failed) => {
    socket.once('error', failed)
    socket.bind({ port, address, exclusive: true }, () => {
      socket.off('error', failed)
      done()
    })
  })

/**
 * Joins the group on the card; null when the system refuses: another program or Windows has the port, or the card has
 * no multicast. Answers to the querying port still arrive.
 */
async function member({ card, to }: UdpQuestion): Promise<Socket | null> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  try {
    // A socket bound to the group's address receives only the group; Windows allows binding only to a card's address.
    await bound(socket, to.port, process.platform === 'win32' ? card : to.host)
    socket.addMembership(to.host, card)
    return socket
  } catch (error) {
    socket.close()
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

export async function askByUdp(udpRequest: UdpQuestion, hear: Hear): Promise<void> {
  const { card, to, waitMs, question, hearGroup } = udpRequest
  const asking = createSocket('udp4')
  const sockets = [asking]
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let left = answersMax
  try {
    await bound(asking, 0, card)
    if (isGroup(to)) {
      asking.setMulticastInterface(card)
      const listening = hearGroup ? await member(udpRequest) : null
      if (listening !== null) sockets.push(listening)
    }
    for (const socket of sockets) {
      socket.on('error', reject)
      socket.on('message', (answer, { address }) => {
        if (left-- > 0 && hear(answer, address)) resolve()
      })
    }
    asking.send(question, to.port, to.host)
    const late = setTimeout(resolve, waitMs)
    try {
      await promise
    } finally {
      clearTimeout(late)
    }
  } finally {
    for (const socket of sockets) socket.close()
  }
}
