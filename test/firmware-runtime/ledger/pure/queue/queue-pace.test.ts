// The pace at which a backlog is sent, as a platform sets it, on the test's own clock: never faster, hardly slower, with
// as many requests in flight as answers take.
import { expect, it } from 'vitest'
import { ok, QueueBench } from './queue-bench.ts'

it.each([
  ['200 a second, with an answer after 35 ms and a timer that is a millisecond late', 5, 35, 1],
  ['10 a second', 100, 35, 1],
  ['one each two seconds', 2_000, 35, 0],
])('keeps a pace that is set: %s', (_name, paceMs, answerMs, lateMs) => {
  const bench = new QueueBench()
  bench.paceMs = paceMs
  for (let n = 1; n <= 400; n++) bench.add(n)
  bench.restart()
  const [fromMs, untilMs] = [bench.monoMs, bench.monoMs + 200 * paceMs]
  const due: { readonly atMs: number; readonly outboxId: string }[] = []
  let [sent, most] = [0, 0]
  while (bench.monoMs < untilMs) {
    bench.monoMs = Math.min(
      ...[due[0]?.atMs ?? Infinity, (bench.wakeAtMs() ?? Infinity) + lateMs, untilMs],
    )
    while ((due[0]?.atMs ?? Infinity) <= bench.monoMs) bench.answer(due.shift()?.outboxId ?? '', ok)
    for (const one of bench.pump()) {
      due.push({ atMs: bench.monoMs + answerMs, outboxId: one.split(' ')[1] ?? '' })
      sent++
    }
    most = Math.max(most, due.length)
  }
  const perPace = (sent * paceMs) / (bench.monoMs - fromMs)
  expect(perPace).toBeLessThanOrEqual(1.02)
  expect(perPace).toBeGreaterThan(0.9)
  expect(most).toBe(Math.ceil((answerMs + lateMs) / paceMs))
})

it.each([
  ['at the standard pace', 667, 1],
  ['at 200 a second', 5, 8],
])(
  'K09 asleep for 8 h %s: nothing is made up for, and no record goes twice',
  (_name, paceMs, atOnce) => {
    const bench = new QueueBench()
    bench.paceMs = paceMs
    for (let n = 1; n <= 400; n++) bench.add(n)
    bench.restart()
    for (let n = 0; n < 3; n++) {
      for (const one of bench.pump()) bench.answer(one.split(' ')[1] ?? '', ok)
      bench.monoMs += paceMs
    }
    // After a suspend all timers are overdue at once, so the queue is pumped again and again.
    bench.monoMs += 8 * 3_600_000
    const sent: string[] = []
    for (let looks = 0; looks < 1_000; looks++) sent.push(...bench.pump())
    // One send that is overdue by the pace, and the one that is due.
    expect(sent.length).toBeLessThanOrEqual(2)
    const untilMs = bench.monoMs + 20 * paceMs
    while (bench.monoMs < untilMs) {
      sent.push(...bench.pump())
      bench.monoMs += Math.min(paceMs, 5)
    }
    const ids = sent.map((one) => one.split(' ')[1])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeLessThanOrEqual(atOnce)
  },
)
