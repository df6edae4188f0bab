// Measures the rate of data in one direction over several connections for a fixed time. The receiver counts.
// All connections are greeted before the time begins; the limit on bytes is for all together.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { Socket } from 'node:net'
import { parseResult } from '../pure/figures/probe-lines.ts'
import { RateMeter, type RateCount } from '../pure/figures/rate-meter.ts'
import type { Rated, RateRun } from '../ports/link-probes.ts'
import { greeted, lineReader, PeerEnd } from './probe-connection.ts'
import { randomBlocks } from './random-blocks.ts'
import { steadyUs } from './steady-clock.ts'

/** Extra time in ms for the peer to send its count. */
const graceMs = 10_000
/** A sender begins at its own greeting; the last of several may begin this much later, ms. */
const unevenMs = 5_000

const nothing = (end: PeerEnd): Rated => ({
  bytes: 0,
  durationMs: 0,
  failed: { why: end.why, note: end.note },
})

const rated = ({ bytes, us }: RateCount): Rated => ({
  bytes,
  durationMs: Math.round(us) / 1000,
  failed: null,
})

const eachBytesMax = (run: RateRun): number => Math.ceil(run.bytesMax / run.streams)

/** A greeted connection, or the reason why it ended before that. */
async function opened(
  run: RateRun,
  warmMs: number,
  rest: (chunk: Buffer) => void,
): Promise<Socket | PeerEnd> {
  const ask = { ask: run.way, warmMs, runMs: run.runMs, bytesMax: eachBytesMax(run) }
  try {
    return await greeted(run, ask, rest)
  } catch (error) {
    if (error instanceof PeerEnd) return error
    throw error
  }
}

/** Writes as fast as the connection accepts data. */
function pump(socket: Socket, next: () => Uint8Array): void {
  const more = (): void => {
    let takes = true
    while (takes && socket.writable) takes = socket.write(next())
  }
  socket.on('drain', more)
  more()
}

/** One upload stream: the server counts and answers. */
async function upStream(run: RateRun, limit: AbortSignal): Promise<RateCount | PeerEnd> {
  const { promise, resolve } = Promise.withResolvers<RateCount | PeerEnd>()
  const end = (why: PeerEnd['why'], note: DownText): void => resolve(new PeerEnd(why, note))
  const mostUs = (run.warmMs + run.runMs + graceMs) * 1000
  const lines = lineReader(
    (text) => {
      const result = parseResult(text)
      if (result === null || result.us > mostUs) end('impossible', systemText(text.slice(0, 60)))
      else resolve(result)
    },
    () => end('impossible', 'noLines'),
  )
  const socket = await opened(run, run.warmMs, lines)
  if (socket instanceof PeerEnd) return socket
  const stop = (): void => end('brokeOff', 'noResultInTime')
  limit.addEventListener('abort', stop, { once: true })
  if (limit.aborted) stop()
  socket.on('error', (error) => end('brokeOff', systemText(error)))
  socket.on('close', () => end('brokeOff', 'closedByPeer'))
  pump(socket, randomBlocks())
  const counted = await promise
  const sent = socket.bytesWritten
  limit.removeEventListener('abort', stop)
  socket.destroy()
  return counted instanceof PeerEnd || counted.bytes <= sent
    ? counted
    : new PeerEnd('impossible', note('receivedOfSent', counted.bytes, sent))
}

async function rateUp(run: RateRun, limit: AbortSignal): Promise<Rated> {
  const counts = await Promise.all(Array.from({ length: run.streams }, () => upStream(run, limit)))
  let [bytes, us] = [0, 0]
  for (const count of counts) {
    if (count instanceof PeerEnd) return nothing(count)
    bytes += count.bytes
    us = Math.max(us, count.us)
  }
  return rated({ bytes, us })
}

/** All download streams count into one meter, which starts when the last of them is greeted. */
async function rateDown(run: RateRun, limit: AbortSignal): Promise<Rated> {
  const { promise, resolve } = Promise.withResolvers<PeerEnd | null>()
  let meter: RateMeter | null = null
  const taken = (chunk: Buffer): void => {
    if (meter?.add(chunk.length, steadyUs()) === true) resolve(null)
  }
  const sockets = await Promise.all(
    Array.from({ length: run.streams }, () => opened(run, run.warmMs + unevenMs, taken)),
  )
  const refused = sockets.find((socket) => socket instanceof PeerEnd)
  const greetedOnes = sockets.filter((socket) => socket instanceof Socket)
  if (refused === undefined) {
    const end = (note: DownText): void => resolve(new PeerEnd('brokeOff', note))
    const bytesMax = eachBytesMax(run) * run.streams
    meter = new RateMeter(steadyUs(), { ...run, bytesMax })
    const timer = setTimeout(() => resolve(null), run.warmMs + run.runMs + 1)
    limit.addEventListener('abort', () => end('testStopped'), { once: true })
    if (limit.aborted) end('testStopped')
    let open = greetedOnes.length
    const closed = (socket: Socket): void => {
      if (socket.bytesRead < eachBytesMax(run)) return end('closedByPeer')
      if (--open > 0) return
      meter?.end(steadyUs())
      resolve(null)
    }
    for (const socket of greetedOnes) {
      socket.on('error', (error) => end(systemText(error)))
      if (socket.closed) closed(socket)
      else socket.on('close', () => closed(socket))
    }
    const broken = await promise
    clearTimeout(timer)
    for (const socket of greetedOnes) socket.destroy()
    return broken === null ? rated(meter.count(steadyUs())) : nothing(broken)
  }
  for (const socket of greetedOnes) socket.destroy()
  return nothing(refused)
}

export function rateRun(run: RateRun, stop: AbortSignal): Promise<Rated> {
  const limit = AbortSignal.any([
    stop,
    AbortSignal.timeout(run.warmMs + run.runMs + unevenMs + graceMs),
  ])
  return run.way === 'up' ? rateUp(run, limit) : rateDown(run, limit)
}
