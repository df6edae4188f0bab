// Sends probes one by one at random intervals (RFC 2330) until their result is decided: no periodic load of the link is
// met each time, and a short loss is not counted as many.
import type { DownText } from '#base/pure/words/notes.ts'
import type { MonoClock, Random } from '#base/ports/clocks.ts'
import type { HttpsProbed, Probed } from '../ports/link-probes.ts'
import { pause } from './pace.ts'

interface PacedPorts {
  readonly mono: MonoClock
  readonly random: Random
  readonly signal: AbortSignal
  stopped(): boolean
}

interface PacedPlan {
  readonly count: number
  /** Mean interval, ms. */
  readonly everyMs: number
  /** Called with the answers so far, in the order of their probes. */
  enough(samples: readonly (number | null)[]): boolean
}

/** A random number from 0 up to 1. */
export function randomShare(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4)
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32
}

/** Number of answers between two checks whether they are enough: the check is cheap, but not free. */
const askEach = 10
/** Limit of open probes: those that time out after the next ones were sent. */
const openMax = 4

export async function pacedProbes(
  { mono, random, signal, stopped }: PacedPorts,
  { count, everyMs, enough }: PacedPlan,
  probe: () => Promise<Probed | HttpsProbed>,
): Promise<HttpsProbed> {
  const samples: (number | null | undefined)[] = []
  const open = new Set<Promise<void>>()
  let complaint: DownText | '' = ''
  let [certificate, isOver, known] = ['', false, 0]
  const one = async (at: number): Promise<void> => {
    const probed = await probe()
    samples[at] = probed.latenciesMs[0] ?? null
    if (probed.complaint !== '') complaint = probed.complaint
    if ('certificate' in probed && probed.certificate !== '') certificate = probed.certificate
  }
  let dueUs = mono.nowUs()
  for (let at = 0; at < count && !isOver && !stopped(); at++) {
    const sent: Promise<void> = one(at).finally(() => open.delete(sent))
    open.add(sent)
    if (open.size >= openMax) await Promise.race(open)
    dueUs -= Math.log(1 - randomShare(random)) * everyMs * 1000
    await pause(mono, Math.max(0, (dueUs - mono.nowUs()) / 1000), signal)
    while (known < samples.length && samples[known] !== undefined) known++
    if (known % askEach === 0 && known > 0)
      isOver = enough(samples.slice(0, known).map((ms) => ms ?? null))
  }
  await Promise.all(open)
  const latenciesMs = samples.map((ms) => ms ?? null)
  return { latenciesMs, complaint, certificate, everyMs }
}
