// One connection to a probe server: a greeting, then lines or data. Every end has a reason.
// The peer is not trusted: a line outside the protocol ends the connection.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { connect, type Socket } from 'node:net'
import { askLine, LineCutter, parseAnswer, type ProbeAsk } from '../pure/figures/probe-lines.ts'
import type { PeerRefusal } from '../ports/link-probes.ts'
import type { Card } from '#devices/ports/find.ts'

interface PeerAt {
  readonly address: string
  readonly port: number
  readonly card: Card | null
}

export class PeerEnd extends Error {
  readonly why: PeerRefusal
  readonly note: DownText
  constructor(why: PeerRefusal, note: DownText) {
    super(note)
    this.why = why
    this.note = note
  }
}

const connectMs = 5_000

/** Resolves with a socket whose first line was accepted; rejects with PeerEnd. */
export function greeted(at: PeerAt, ask: ProbeAsk, rest: (chunk: Buffer) => void): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({
    host: at.address,
    port: at.port,
    noDelay: true,
    ...(at.card === null ? {} : { localAddress: at.card.address }),
  })
  let first = ''
  const fail = (why: PeerRefusal, note: DownText): void => {
    clearTimeout(timer)
    socket.destroy()
    reject(new PeerEnd(why, note))
  }
  const timer = setTimeout(() => fail('noPeer', note('noAnswerIn', connectMs)), connectMs)
  const answer = (chunk: Buffer): void => {
    const at = chunk.indexOf(0x0a)
    first += chunk.subarray(0, at < 0 ? chunk.length : at).toString('latin1')
    if (at < 0 && first.length < 16) return
    const said = at < 0 ? null : parseAnswer(first)
    if (said === null) return fail('noPeer', 'noProbeServer')
    if (said !== 'ok') return fail('refused', systemText(said))
    clearTimeout(timer)
    socket.off('data', answer)
    socket.on('data', rest)
    if (at + 1 < chunk.length) rest(chunk.subarray(at + 1))
    resolve(socket)
  }
  socket.once('connect', () => socket.write(askLine(ask)))
  socket.on('data', answer)
  socket.on('error', (error) => fail('noPeer', systemText(error)))
  socket.on('close', () => fail('noPeer', 'closedByPeer'))
  return promise
}

/** Splits a greeted connection into lines; calls `bad` for data that is not a line. */
export function lineReader(line: (text: string) => void, bad: () => void) {
  const cutter = new LineCutter()
  return (chunk: Buffer): void => {
    const lines = cutter.take(chunk.toString('latin1'))
    if (lines === null) return bad()
    for (const text of lines) line(text)
  }
}
