// A link that is up for two seconds in every thirty: the backlog drains through it, and no try is spent on its silence.
import { describe, expect, it } from 'vitest'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { benchOf, notFound, ok, type QueueBench } from './queue-bench.ts'

const [upMs, everyMs, answerMs] = [2_000, 30_000, 50]
const records = 300

interface Line {
  /** What happens to a request while the link is down: refused at once, or swallowed. */
  readonly down: 'refused' | 'swallowed'
  /** Time of the first outage in ms. */
  readonly phaseMs: number
}

interface Drained {
  readonly left: number
  readonly minutes: number
  /** Number of requests sent while the link was down. */
  readonly lost: number
  readonly charged: number
}

interface Due {
  readonly atMs: number
  take(): string[]
}

/** Runs the queue over such a link until it is empty, at most for a day. */
function drainedOver({ down, phaseMs }: Line): Drained {
  const bench: QueueBench = benchOf(
    Array.from({ length: records }, () => 'exitUpload' as const),
    true,
  )
  bench.looks = true
  const startMs = bench.monoMs
  const isUp = (atMs: number): boolean => (atMs - startMs + phaseMs) % everyMs < upMs
  const taken = new Set<string>()
  const due: Due[] = []
  let lost = 0
  let charged = 0
  const later = (afterMs: number, take: () => string[]): void => {
    due.push({ atMs: bench.monoMs + afterMs, take })
    due.sort((a, b) => a.atMs - b.atMs)
  }
  const verdictOf = (op: string, id: string): QueueVerdict => {
    if (op === 'query') return taken.has(id) ? ok : notFound
    if (!taken.has(id)) charged++
    taken.add(id)
    return ok
  }
  const carry = (line: string): void => {
    const [op = '', id = '', timeout = '2000'] = line.split(' ')
    const isThere = isUp(bench.monoMs) && isUp(bench.monoMs + answerMs)
    const downMs = down === 'refused' ? 5 : Number(timeout)
    if (op === 'look') {
      // TCP repeats its connection request after a second (RFC 6298).
      const isSeen = isThere || (down === 'swallowed' && isUp(bench.monoMs + 1_000))
      const afterMs = isThere ? answerMs : isSeen ? 1_000 + answerMs : downMs
      later(afterMs, () => bench.seen(isSeen))
      return
    }
    const tryNo = bench.tryNoOf(id)
    if (isThere) {
      const verdict = verdictOf(op, id)
      later(answerMs, () => bench.answer(id, verdict, 0, tryNo))
      return
    }
    lost++
    const sent = down === 'swallowed'
    later(downMs, () => bench.answer(id, { kind: 'silence', reason: down, sent }, 0, tryNo))
  }
  const endMs = startMs + 24 * 3_600_000
  while (bench.monoMs < endMs && bench.queue.records.size > 0) {
    const nextMs = Math.min(due[0]?.atMs ?? Infinity, bench.wakeAtMs() ?? Infinity, endMs)
    bench.monoMs = Math.max(bench.monoMs, nextMs)
    const lines: string[] = []
    while ((due[0]?.atMs ?? Infinity) <= bench.monoMs) lines.push(...(due.shift()?.take() ?? []))
    for (const line of [...lines, ...bench.pump()]) carry(line)
  }
  const minutes = Math.ceil((bench.monoMs - startMs) / 60_000)
  return { left: bench.queue.records.size, minutes, lost, charged }
}

describe('a line that is up for 2 s in each 30', () => {
  const lines = (['refused', 'swallowed'] as const).flatMap((down) =>
    [0, 3_000, 7_000, 15_000, 25_000, 29_000].map((phaseMs): Line => ({ down, phaseMs })),
  )
  it.each(lines)('$down, $phaseMs ms into it: all goes, once, within two hours', (line) => {
    const drained = drainedOver(line)
    expect(drained).toMatchObject({ left: 0, charged: records })
    expect(drained.minutes).toBeLessThanOrEqual(120)
    // At most one at the end of each window, which cannot be foreseen, and those that first opened the circuit.
    expect(drained.lost).toBeLessThanOrEqual(drained.minutes * 2 + 10)
  })
})

describe('a link that is looked at', () => {
  it('is probed when it is there, and not before', () => {
    const bench = benchOf(['exitUpload', 'exitUpload'], true)
    bench.looks = true
    for (let tries = 0; tries < 5; tries++) {
      const sent = bench.wait(3_600_000).sent
      for (const line of sent)
        bench.answer(line.split(' ')[1] ?? '', { kind: 'silence', reason: 'refused', sent: false })
    }
    expect(bench.wait().sent).toEqual(['look platform'])
    expect(bench.seen(false)).toEqual([])
    expect(bench.wait()).toEqual({ afterMs: 4_100, sent: ['look platform'] })
    expect(bench.seen(true)).toEqual([expect.stringMatching(/^post U\d 3000$/)])
  })

  it('is looked at as often while cars try it in vain', () => {
    const bench = benchOf(['exitUpload'], true)
    bench.looks = true
    const fail = (id: string): string[] =>
      bench.answer(id, { kind: 'silence', reason: 'refused', sent: false })
    for (let tries = 0; tries < 5; tries++) if (bench.wait(3_600_000).sent.length > 0) fail('U1')
    for (let car = 2; car < 6; car++) {
      bench.add(car, 'charge')
      bench.kick(car)
      fail(`U${car}`)
    }
    expect(bench.wait()).toEqual({ afterMs: 1_000, sent: ['look platform'] })
  })

  it('that takes connections and answers nothing is asked less and less often', () => {
    const bench = benchOf(['exitUpload'], true)
    bench.looks = true
    const probesAtMs: number[] = []
    const startMs = bench.monoMs
    while (bench.monoMs - startMs < 600_000) {
      const { sent } = bench.wait(3_600_000)
      for (const line of sent) {
        const [op, id = ''] = line.split(' ')
        const lines = op === 'look' ? bench.seen(true) : [line]
        for (const one of lines) {
          probesAtMs.push(bench.monoMs - startMs)
          bench.answer(
            one.split(' ')[1] ?? id,
            { kind: 'silence', reason: 'timeout', sent: true },
            3_000,
          )
        }
      }
    }
    expect(
      probesAtMs.slice(-8).every((at, i, all) => i === 0 || at - (all[i - 1] ?? 0) >= 30_000),
    ).toBe(true)
  })
})
