// Probes one by one at random gaps (RFC 2330), until what they show is decided: no beat of the link is met each
// time, and losses of one moment are not counted as many.
import type { DownText } from '../../core/values/notes.ts'
import type { MonoClock, Random } from '../../ports/clocks.ts'
import type { HttpsProbed, Probed } from '../../ports/link-probes.ts'
import { pause } from './pace.ts'

interface PacedPorts {
  readonly mono: MonoClock
  readonly random: Random
  readonly signal: AbortSignal
  stopped(): boolean
}

interface PacedPlan {
  readonly count: number
  /** On the average. */
  readonly everyMs: number
  /** Asked of the answers so far, in the order of their probes. */
  enough(samples: readonly (number | null)[]): boolean
}

/** From 0 up to 1. */
export function randomShare(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4)
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32
}

/** Every so many answers it is asked whether they are enough: the test is cheap, and not free. */
const askEach = 10
/** Under way at once: those that time out after the pace went on. */
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
