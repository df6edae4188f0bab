// When a lot sends heartbeats, in virtual time: each minute, on a change, after a failure, before the rows after a silence;
// never two at once, and none later.
import { beforeEach, expect, test } from 'vitest'
import { BeatSender, type BeatSource } from '#ledger/desk/centre/beat-sender.ts'
import type { BeatBoard } from '#ledger/desk/centre/make-beat.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { DoorAnswer } from '#ledger/ports/centre-door.ts'

const startMs = Date.parse('2026-03-02T23:50:00.000+08:00')
const taken: DoorAnswer = { status: 200, body: { everyMs: 60_000, commands: [] } }
const silent: DoorAnswer = { status: 0, why: 'refused' }

let time: VirtualTime
let sent: { readonly atSec: number; readonly beat: Beat }[]
let answer: DoorAnswer | null
let hold: ((answer: DoorAnswer) => void)[]
let network: string
let headSeq: number
let urgent: readonly string[]
let books: BeatSource['books']
let asked: number
let told: string[]
let failures: unknown[]
let heard: boolean[]

const board = () =>
  ({
    lanes: [],
    status: {
      capacity: 9,
      inside: 0,
      free: 9,
      clock: { platformOffsetMs: null },
      platform: { state: 'up' },
      network,
      queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
      ledger: { headSeq },
      version: '1',
      upkeep: null,
    },
  }) as unknown as BeatBoard

function begin(): BeatSender {
  return new BeatSender({
    lotId: 'A1',
    nodeId: 'n1',
    untilMs: startMs,
    source: {
      board,
      certificates: () => [],
      matters: async () =>
        urgent.map(
          (key) =>
            ({ key, kind: '', what: { zh: '', en: '' }, sinceIso: null, isUrgent: true }) as never,
        ),
      books: (fromMs, toMs) => (asked++, books(fromMs, toMs)),
    },
    door: {
      async send({ method, path, headers, body }) {
        expect([method, path, headers['etc-lot']]).toEqual(['POST', '/v1/beat', 'A1'])
        const beat = JSON.parse(new TextDecoder().decode(body)) as Beat
        sent.push({ atSec: Math.round(time.nowUs / 1e6), beat })
        return answer ?? new Promise((done) => hold.push(done))
      },
      close: async () => undefined,
    },
    mono: time.clock,
    clock: { nowMs: () => startMs + time.nowUs / 1_000 },
    random: { bytes: () => Uint8Array.of(0) },
    asked: () => undefined,
    heard: ({ is }) => heard.push(is === 'taken'),
    tell: ({ code }) => told.push(code),
    failed: (error) => failures.push(error),
  })
}

async function pass(seconds: number): Promise<void> {
  for (let n = 0; n < seconds * 2; n++) {
    time.runTo(time.nowUs + 500_000)
    for (let turn = 0; turn < 40; turn++) await Promise.resolve()
  }
}
const times = (): readonly number[] => sent.map(({ atSec }) => atSec)

beforeEach(() => {
  time = new VirtualTime()
  ;[sent, hold, told, failures, heard, urgent] = [[], [], [], [], [], []]
  ;[answer, network, headSeq, asked] = [taken, 'up', 1, 0]
  books = async () => ({
    hours: [{ entered: 2, left: 1 }],
    sums: { payments: [{ word: 'cash', count: 1, amountFen: 300 }] },
  })
})

test('one at the start and each minute then, however much is counted', async () => {
  begin()
  for (let n = 0; n < 185; n++) {
    headSeq++
    await pass(1)
  }
  // A look is at most five seconds late.
  expect(times()).toEqual([1, 60, 120, 180])
  expect(sent[0]?.beat).toMatchObject({
    nodeId: 'n1',
    today: { day: '2026-03-02', entered: 2, left: 1 },
  })
  expect(heard).toEqual([true, true, true, true])
})

test('the answer of the door sets the pace', async () => {
  answer = { status: 200, body: { everyMs: 180_000 } }
  begin()
  await pass(200)
  expect(times()).toEqual([1, 180])
})

test('a change goes within five seconds, and further ones at most each five', async () => {
  begin()
  await pass(20)
  for (let n = 0; n < 20; n++) {
    network = network === 'up' ? 'down' : 'up'
    await pass(1)
  }
  const [, ...changes] = times()
  expect(changes.length).toBeGreaterThanOrEqual(2)
  expect(changes.length).toBeLessThanOrEqual(4)
  const gaps = changes.slice(1).map((at, n) => at - (changes[n] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5)
  // The books are read once for all of them.
  expect(asked).toBe(2)
})

test('one that fails is dropped; the next has what is so then, and a change waits for it', async () => {
  answer = silent
  begin()
  await pass(3)
  network = 'down'
  await pass(50)
  expect(times()).toEqual([1])
  network = 'up'
  headSeq = 50
  await pass(10)
  expect(times()).toEqual([1, 60])
  expect(sent[1]?.beat).toMatchObject({ network: 'up', lastSeq: 50 })
  await pass(300)
  expect(times()).toEqual([1, 60, 180, 300])
  expect(heard).toEqual([])
  answer = taken
  await pass(120)
  expect(times().slice(4)).toEqual([420, 480])
})

test('one that is refused by its form is told once, and asked again each ten minutes', async () => {
  answer = { status: 400, body: { field: 'lanes' } }
  begin()
  await pass(1_300)
  expect(times()).toEqual([1, 600, 1_200])
  expect(told).toEqual(['ROWS-20'])
  answer = { status: 401, body: { reason: 'revoked' } }
  await pass(600)
  expect(told).toEqual(['ROWS-20'])
})

test('never two at once', async () => {
  answer = null
  begin()
  await pass(200)
  network = 'down'
  await pass(20)
  expect(times()).toEqual([1])
  hold[0]?.(taken)
  await pass(10)
  expect(times()).toHaveLength(2)
})

test('before the rows after a start or a silence, and not otherwise', async () => {
  const sender = begin()
  await sender.first()
  expect(times()).toEqual([0])
  await sender.first()
  await pass(10)
  expect(times()).toEqual([0])
  answer = silent
  await pass(60)
  expect(times()).toEqual([0, 60])
  answer = taken
  await sender.first()
  expect(sent).toHaveLength(3)
  await sender.first()
  expect(sent).toHaveLength(3)
  // A batch without an answer is a silence, too.
  sender.silent()
  await sender.first()
  expect(sent).toHaveLength(4)
})

test('a worker that is busy or cannot read keeps none back', async () => {
  begin()
  await pass(3)
  books = () => new Promise(() => undefined)
  await pass(130)
  expect(times()).toEqual([1, 63, 123])
  expect(asked).toBe(2)
  expect(sent[2]?.beat.today).toMatchObject({
    entered: 2,
    takings: [{ means: 'cash', n: 1, fen: 300 }],
  })
})

test('books that cannot be read are left to who reads them; yesterday is not told as today', async () => {
  begin()
  await pass(3)
  books = () => Promise.reject(new LaneFault('LEDGER-04'))
  await pass(660)
  expect(sent.at(-1)?.beat.today).toEqual({ day: '2026-03-03', entered: 0, left: 0, takings: [] })
  expect(failures).toEqual([])
})

test('what waits is in it, and one more goes at its time', async () => {
  begin()
  await pass(3)
  urgent = ['boom L01']
  await pass(70)
  expect(sent[1]?.beat.matters.map(({ key }) => key)).toEqual(['boom L01'])
})

test('what is stopped sends nothing more', async () => {
  const sender = begin()
  await pass(3)
  sender.stop()
  network = 'down'
  await sender.first()
  await pass(200)
  expect(times()).toEqual([1])
  expect(time.waiting).toBeLessThan(2)
})
