// Counts what the queue does and holds for `count` records, for queue-work.test.ts, in a separate thread
// (test/kit/in-thread.ts). Its modules are loaded after the counting has begun.
import { heldBy } from '../../../../kit/held.ts'
import { tell } from '../../../../kit/in-thread.ts'
import { countWork } from '../../../../kit/steps.ts'

const work = countWork()
const stepsOf = (act: () => void): number =>
  work.of(act).steps('firmware-runtime/ledger/pure/queue')
const { ok, QueueBench } = await import('./queue-bench.ts')

const busy = { kind: 'busy', afterMs: null, reason: 'busy' } as const
const answers = 200
const turns = 1_000

function benchOf(count: number) {
  const bench = new QueueBench()
  for (let n = 1; n <= count; n++) bench.add(n)
  return bench
}

/** Steps per record read at a start, per answer, and per turn without work. */
function stepsWith(count: number) {
  const bench = benchOf(count)
  const read = stepsOf(() => bench.restart())
  // Half of the answers make the record wait, the other half confirm it.
  const answered = stepsOf(() => {
    for (let i = 0; i < answers; i++) {
      const { sent } = bench.wait()
      bench.answer(sent[0]?.split(' ')[1] ?? '', i % 2 === 0 ? ok : busy)
    }
  })
  const idle = stepsOf(() => {
    for (let i = 0; i < turns; i++) {
      bench.pump()
      bench.wait(0)
    }
  })
  const { size } = bench.queue.records.resting
  return { read: read / count, answered: answered / answers, idle: idle / turns, resting: size }
}

/** What the queue holds after a restart. */
function heldWith(count: number) {
  const bench = benchOf(count)
  // Keeps the records from before the restart alive, so that only those made afterwards are counted.
  const former = bench.queue
  const { objects, entries, bytes } = heldBy(() => {
    bench.restart()
    return bench.queue
  })
  return { objects, entries, bytesEach: bytes / count, records: former.records.size }
}

const counts = { few: stepsWith(1_000), many: stepsWith(10_000), held: heldWith(10_000) }
export type QueueWork = typeof counts
tell(counts)
