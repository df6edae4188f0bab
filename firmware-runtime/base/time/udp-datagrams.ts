// UDP datagrams: one socket per request, closed with its answer; only the queried host is listened to.
// The time of an answer is taken before anything else.
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { Datagrams } from '../ports/datagrams.ts'

type Answer = Awaited<ReturnType<Datagrams['ask']>>

const noteOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whole milliseconds of the measured clock. */
const nowMs = (): number => Date.now()

export const udpDatagrams = (): Datagrams => ({
  async ask({ host, port, bytesAt, isAnswer, waitMs }) {
    let found
    try {
      // Resolved before the clock is read: a slow name server must not count as delay of the time server.
      found = await lookup(host)
    } catch (error) {
      return { failed: 'unreachable', note: noteOf(error) }
    }
    const { address, family } = found
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
    let sentMs = 0
    let sentAt = 0
    const end = (answer: Answer): void => {
      clearTimeout(late)
      socket.removeAllListeners('message')
      socket.close()
      resolve(answer)
    }
    const late = setTimeout(() => end({ failed: 'noAnswer', note: `${waitMs} ms` }), waitMs)
    socket.on('error', (error) => end({ failed: 'unreachable', note: noteOf(error) }))
    socket.on('message', (bytes) => {
      // Monotonic between both ends, so that a step of the clock in between does not count as delay.
      const receivedMs = sentMs + (performance.now() - sentAt)
      if (isAnswer(bytes)) end({ bytes, sentMs, receivedMs, address })
    })
    // By the event: the callback of `connect` is called also when no route leads to the address.
    socket.once('connect', () => {
      sentMs = nowMs()
      sentAt = performance.now()
      socket.send(bytesAt(sentMs))
    })
    // A connected socket receives only from its peer, and is told when the peer's port is closed.
    socket.connect(port, address)
    return promise
  },
})
