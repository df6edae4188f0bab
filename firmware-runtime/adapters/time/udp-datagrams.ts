// Datagrams over UDP: one socket a question, closed with its answer. Only the asked host is listened to.
// The time of an answer is taken before anything else is done with it.
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import type { Datagrams } from '../../ports/datagrams.ts'

type Answer = Awaited<ReturnType<Datagrams['ask']>>

const noteOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Whole milliseconds of the clock that is measured. */
const nowMs = (): number => Date.now()

export const udpDatagrams = (): Datagrams => ({
  async ask({ host, port, bytesAt, isAnswer, waitMs }) {
    let found
    try {
      // Before the clock is read: a slow name server is no delay of the time server.
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
      // Monotonic between both ends: a step of our clock in between is not delay.
      const receivedMs = sentMs + (performance.now() - sentAt)
      if (isAnswer(bytes)) end({ bytes, sentMs, receivedMs })
    })
    // By its event: a callback is called without a connection too, where no route leads to the address.
    socket.once('connect', () => {
      sentMs = nowMs()
      sentAt = performance.now()
      socket.send(bytesAt(sentMs))
    })
    // A connected socket hears its peer alone, and hears of a port where nobody listens.
    socket.connect(port, address)
    return promise
  },
})
