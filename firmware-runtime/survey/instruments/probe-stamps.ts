// Stamped probes over one connection: sent by schedule, whether or not the last one was answered.
// TCP sends a lost packet again, so that a late answer shows what the loss costs.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { Exchange } from '../pure/figures/one-way.ts'
import { parseStamp, probeLine } from '../pure/figures/probe-lines.ts'
import type { Stamped, TcpProbeRun } from '../ports/link-probes.ts'
import { greeted, lineReader, PeerEnd } from './probe-connection.ts'
import { stampClock, steadyUs } from './steady-clock.ts'

export async function stampRun(run: TcpProbeRun, stop: AbortSignal): Promise<Stamped> {
  const nowUs = stampClock()
  const exchanges: (Exchange | null)[] = []
  const sentUs = new Map<number, number>()
  const ending = new AbortController()
  const signal = AbortSignal.any([stop, ending.signal])
  const idle = (ms: number): Promise<void> =>
    pause(Math.max(0, ms), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  let failed: Stamped['failed'] = null
  const fail = (why: PeerEnd['why'], note: DownText): void => {
    failed ??= { why, note }
    ending.abort()
  }
  let t4Us = 0
  const lines = lineReader(
    (text) => {
      const stamp = parseStamp(text, (seq) => sentUs.get(seq), t4Us)
      if (stamp === null) return fail('impossible', note('stampedOutOfOrder', text.slice(0, 60)))
      sentUs.delete(stamp.seq)
      const lateUs = run.timeoutMs * 1000
      // An answer after the timeout counts as lost, as it would be for a real request.
      if (t4Us - stamp.exchange.t1Us <= lateUs) exchanges[stamp.seq] = stamp.exchange
      if (exchanges.length === run.count && sentUs.size === 0) ending.abort()
    },
    () => fail('impossible', 'noLines'),
  )
  const socket = await greeted(run, { ask: 'stamp' }, (chunk) => {
    t4Us = nowUs()
    lines(chunk)
  }).catch((error: unknown) => {
    if (error instanceof PeerEnd) return error
    throw error
  })
  if (socket instanceof PeerEnd)
    return { exchanges, failed: { why: socket.why, note: socket.note } }
  socket.on('error', (error) => fail('brokeOff', systemText(error)))
  socket.on('close', () => fail('brokeOff', 'closedByPeer'))
  const startUs = steadyUs()
  for (let seq = 0; seq < run.count && !signal.aborted; seq++) {
    exchanges.push(null)
    sentUs.set(seq, nowUs())
    socket.write(probeLine(seq))
    if (seq < run.count - 1)
      await idle((startUs + (seq + 1) * run.everyMs * 1000 - steadyUs()) / 1000)
  }
  await idle(run.timeoutMs)
  const result = [...exchanges]
  socket.destroy()
  // When stopped by hand, probes without an answer yet do not count as lost.
  while (stop.aborted && result.at(-1) === null) result.pop()
  return { exchanges: result, failed }
}
