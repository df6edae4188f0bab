// Stamped probes over UDP: each packet is sent by schedule, and a lost one is not repeated. Arrivals at the peer are
// reported over a TCP connection, so that loss and delay are known for each direction.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { isIP, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { isPossible, type Exchange, type UdpPackets } from '../pure/figures/one-way.ts'
import {
  parseArrival,
  parseStampPacket,
  parseToken,
  probePacket,
} from '../pure/figures/probe-lines.ts'
import type { UdpRun, UdpStamped } from '../ports/link-probes.ts'
import { greeted, lineReader, PeerEnd } from './probe-connection.ts'
import { stampClock, steadyUs } from './steady-clock.ts'

const tokenWithinMs = 5_000
/** Interval in ms for checking whether all answers came. */
const lookEachMs = 20

class PacketRun {
  readonly arrivals: UdpPackets['arrivals'][number][] = []
  readonly exchanges: (Exchange | null)[] = []
  readonly ending = new AbortController()
  readonly token = Promise.withResolvers<string | null>()
  congestion: string | null = null
  failed: UdpStamped['failed'] = null
  #token = ''
  readonly #sentUs: number[] = []
  readonly #nowUs = stampClock()

  fail(why: PeerEnd['why'], note: DownText): void {
    this.failed ??= { why, note }
    this.ending.abort()
    this.token.resolve(null)
  }

  line(text: string): void {
    if (this.#token === '') {
      const said = parseToken(text)
      if (said === null) return this.fail('impossible', systemText(text.slice(0, 60)))
      this.#token = said.token
      this.congestion = said.congestion
      return this.token.resolve(said.token)
    }
    const arrival = parseArrival(text)
    const t1Us = arrival === null ? undefined : this.#sentUs[arrival.seq]
    if (arrival === null || t1Us === undefined)
      return this.fail('impossible', systemText(text.slice(0, 60)))
    this.arrivals[arrival.seq] ??= { t1Us, t2Us: arrival.t2Us }
  }

  /** Duplicates count once, foreign packets not at all. */
  packet(bytes: Buffer): void {
    const t4Us = this.#nowUs()
    const stamp = parseStampPacket(bytes.toString('latin1'), this.#token)
    const t1Us = stamp === null ? undefined : this.#sentUs[stamp.seq]
    if (stamp === null || t1Us === undefined || this.exchanges[stamp.seq] !== null) return
    const exchange = { t1Us, t2Us: stamp.t2Us, t3Us: stamp.t3Us, t4Us }
    if (!isPossible(exchange)) return this.fail('impossible', note('stampedOutOfOrder', stamp.seq))
    this.exchanges[stamp.seq] = exchange
    this.arrivals[stamp.seq] ??= { t1Us, t2Us: stamp.t2Us }
  }

  send(socket: UdpSocket, run: UdpRun): void {
    const seq = this.exchanges.length
    this.arrivals.push(null)
    this.exchanges.push(null)
    this.#sentUs.push(this.#nowUs())
    socket.send(probePacket(this.#token, seq), run.port, run.address)
  }
}

async function sendAll(state: PacketRun, socket: UdpSocket, run: UdpRun, stop: AbortSignal) {
  const signal = AbortSignal.any([stop, state.ending.signal])
  const idle = (ms: number): Promise<void> =>
    pause(Math.max(0, ms), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  let dueUs = steadyUs()
  let planned = run.count
  for (;;) {
    while (state.exchanges.length < planned && !signal.aborted) {
      state.send(socket, run)
      dueUs -= Math.log(1 - run.random()) * run.everyMs * 1000
      if (state.exchanges.length < planned) await idle((dueUs - steadyUs()) / 1000)
    }
    const untilUs = steadyUs() + run.timeoutMs * 1000
    while (state.exchanges.includes(null) && steadyUs() < untilUs && !signal.aborted)
      await idle(lookEachMs)
    if (signal.aborted) return
    planned = run.more(state)
    if (planned <= state.exchanges.length) return
    dueUs = steadyUs()
  }
}

export async function packetRun(run: UdpRun, stop: AbortSignal): Promise<UdpStamped> {
  const state = new PacketRun()
  const lines = lineReader(
    (text) => state.line(text),
    () => state.fail('impossible', 'noLines'),
  )
  const opened = await greeted(run, { ask: 'udp' }, lines).catch((error: unknown) => {
    if (error instanceof PeerEnd) return error
    throw error
  })
  if (!(opened instanceof Socket)) {
    const failed = { why: opened.why, note: opened.note }
    return { arrivals: [], exchanges: [], failed, congestion: null }
  }
  opened.on('error', (error) => state.fail('brokeOff', systemText(error)))
  opened.on('close', () => state.fail('brokeOff', 'closedByPeer'))
  const timer = setTimeout(() => state.fail('noPeer', 'noToken'), tokenWithinMs)
  const token = await state.token.promise
  clearTimeout(timer)
  const socket = createSocket(isIP(run.address) === 6 ? 'udp6' : 'udp4')
  try {
    if (token !== null) {
      const { promise, resolve } = Promise.withResolvers<void>()
      // A packet that cannot be sent is lost; so is one that a router reports as undeliverable.
      socket.on('error', () => resolve())
      socket.once('listening', resolve)
      socket.on('message', (bytes) => state.packet(bytes))
      socket.bind(run.card === null ? {} : { address: run.card.address })
      await promise
      await sendAll(state, socket, run, stop)
    }
  } finally {
    socket.close()
    opened.destroy()
  }
  const { arrivals, exchanges, failed, congestion } = state
  return { arrivals: [...arrivals], exchanges: [...exchanges], failed, congestion }
}
