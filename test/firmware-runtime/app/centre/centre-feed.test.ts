// A lot and its centre over real HTTPS: pairing, batches of a real ledger, restarts, and doors that are none.
// Time runs fifty times as fast.
import { gunzipSync } from 'node:zlib'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { noRowsMark as noRows } from '../../../../firmware-runtime/core/centre/follower.ts'
import { keepMark } from '../../../../firmware-runtime/adapters/centre/feed-file.ts'
import { openGmCrypto } from '../../../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import { feedBatch, feedDigest } from '../../../../firmware-runtime/adapters/sqlite/feed-batch.ts'
import {
  openLedger,
  type OpenedLedger,
} from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { openLedgerReader } from '../../../../firmware-runtime/adapters/sqlite/ledger-reader.ts'
import type { BeatSource } from '../../../../firmware-runtime/app/centre/beat-sender.ts'
import type { BeatBoard } from '../../../../firmware-runtime/app/centre/make-beat.ts'
import type { CentreFeed } from '../../../../firmware-runtime/app/centre/centre-feed.ts'
import { openCentreFeed } from '../../../../firmware-runtime/runtime/site/centre.ts'
import type { MonoClock } from '../../../../firmware-runtime/ports/clocks.ts'
import type { FeedRows } from '../../../../firmware-runtime/ports/feed-rows.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { testAuthority } from '../../../kit/test-authority.ts'
import { TestDoor } from '../../../kit/test-door.ts'
import { carRows, optionsFor, testKey } from '../../adapters/sqlite/ledger-kit.ts'

const crypto = openGmCrypto()
const until = (look: () => boolean) => eventually(look).toBe(true)
const fast = 50
const mono: MonoClock = {
  nowUs: () => performance.now() * 1_000 * fast,
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs / fast)
    return () => clearTimeout(timer)
  },
}

/** A lot with a ledger in a folder, without lanes. */
class TestLot {
  readonly dir = folderOfTest('etc-centre-')
  readonly onRows = new Set<() => void>()
  readonly told: string[] = []
  readonly errors: unknown[] = []
  private opened: OpenedLedger
  private reader: ReturnType<typeof openLedgerReader>
  private cars: number

  constructor(firstCar = 0) {
    const nodeId = 'lot-1'
    this.cars = firstCar
    this.opened = openLedger(optionsFor(this.dir, { crypto, nodeId }))
    this.reader = openLedgerReader({ dir: this.dir, nodeId, chainKey: testKey, crypto })
    onTestFinished(() => {
      this.reader.close()
      this.opened.ledger.close()
      expect(this.errors).toEqual([])
    })
  }

  get headSeq(): number {
    return this.opened.ledger.head.seq
  }

  drive(cars: number): void {
    for (let n = 0; n < cars; n++) this.opened.ledger.append(carRows(this.cars++))
    for (const call of this.onRows) call()
  }

  get lines(): readonly string[] {
    const batch = feedBatch(this.reader.storedAfter, noRows, 100_000, crypto.sm3)
    return batch === null ? [] : gunzipSync(batch.body).toString('utf8').slice(0, -1).split('\n')
  }

  readonly rows: FeedRows = {
    feedBatch: async (from, rowsMax) =>
      feedBatch(this.reader.storedAfter, from, rowsMax, crypto.sm3),
    feedDigest: async (toSeq, from) => {
      const steps = feedDigest(this.reader.storedAfter, toSeq, from, crypto.sm3)
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
    },
    feedKeep: async (url, mark) => keepMark(this.dir, 'lot-1', url, mark),
  }

  /** Heartbeats of a lot without lanes; absent: it sends none. */
  beats?: BeatSource

  open(url: string): CentreFeed {
    const config = { lotId: '37010042', nodeId: 'lot-1', name: { zh: '测试', en: 'Test' } }
    const feed = openCentreFeed({
      dir: this.dir,
      config: { ...config, centre: { url } },
      lot: this,
      rows: this.rows,
      beats: this.beats,
      mono,
      clock: { nowMs: () => Date.now() },
      tell: ({ code }) => this.told.push(code),
      failed: (error) => this.errors.push(error),
    })
    onTestFinished(() => feed.close())
    return feed
  }
}

async function opened(): Promise<TestDoor> {
  const door = await new TestDoor().open()
  onTestFinished(() => door.close())
  return door
}
const isPending = (feed: CentreFeed, door: TestDoor) =>
  until(() => feed.view().state === 'pending' && door.digits.length === 1)
const arrives = (lot: TestLot, feed: CentreFeed) =>
  until(() => feed.view().backlog === 0 && feed.view().lastSeq === lot.headSeq)

async function paired(cars = 3) {
  const [door, lot] = [await opened(), new TestLot()]
  lot.drive(cars)
  const feed = lot.open(door.url)
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  return { door, lot, feed }
}

test('asks for pairing by itself, shows the digits of the centre, and sends its rows once accepted', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.drive(3)
  const feed = lot.open(door.url)
  expect(feed.view()).toMatchObject({ state: 'asking', digits: null, url: door.url })
  await isPending(feed, door)
  expect(feed.view().digits).toBe(door.digits[0])
  expect(door.lines).toEqual([])
  door.decide('accepted')
  await arrives(lot, feed)
  expect(feed.view()).toMatchObject({ state: 'joined', digits: null, fault: null })
  lot.drive(2)
  await arrives(lot, feed)
  expect(door.lines).toEqual(lot.lines)
  expect(door.lines).toHaveLength(lot.headSeq)
})

test('a restart goes on with the same pairing and digits', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  const first = lot.open(door.url)
  await isPending(first, door)
  const { digits } = first.view()
  await first.close()
  const second = lot.open(door.url)
  expect(second.view()).toMatchObject({ state: 'pending', digits })
  door.decide('accepted')
  await until(() => second.view().state === 'joined')
  expect(door.requests.filter((one) => one === 'POST /v1/pairings')).toHaveLength(1)
})

test('a restart of a paired lot asks nobody, and reads on from its mark', async () => {
  const { door, lot, feed } = await paired()
  await feed.close()
  lot.drive(2)
  const [before, at] = [door.requests.length, door.lines.length]
  const read: number[] = []
  const { rows } = lot
  const counted = {
    ...rows,
    feedBatch: (...of: Parameters<FeedRows['feedBatch']>) => (
      read.push(of[0].seq),
      rows.feedBatch(...of)
    ),
  }
  Object.assign(lot, { rows: counted })
  await arrives(lot, lot.open(door.url))
  expect(door.requests.slice(before)).toEqual(['POST /v1/rows'])
  expect(read).toEqual([at])
  expect(door.lines).toEqual(lot.lines)
})

test.each([
  ['lost', (file: string) => rmSync(file)],
  ['damaged', (file: string) => writeFileSync(file, '{"seq":')],
  [
    'of another ledger',
    (file: string) =>
      writeFileSync(
        file,
        readFileSync(file, 'utf8')
          .replace(/"digest":"\w+"/, `"digest":"${'ab'.repeat(32)}"`)
          .replace(/"hash":"\w+"/, `"hash":"${'cd'.repeat(32)}"`),
      ),
  ],
])('a mark that is %s costs a question, and no row', async (_name, spoil) => {
  const { door, lot, feed } = await paired()
  await feed.close()
  spoil(join(lot.dir, 'centre-feed.json'))
  lot.drive(1)
  await arrives(lot, lot.open(door.url))
  expect(door.lines).toEqual(lot.lines)
})

test.each(['refused', 'expired'] as const)(
  'a pairing that is %s is asked again only by a person',
  async (end) => {
    const [door, lot] = [await opened(), new TestLot()]
    lot.drive(1)
    const first = lot.open(door.url)
    await isPending(first, door)
    const { digits } = first.view()
    door.decide(end)
    await until(() => first.view().state === end)
    expect(first.view()).toMatchObject({
      digits: null,
      fault: { code: 'ROWS-02', needsPerson: true },
    })
    await first.close()
    const second = lot.open(door.url)
    await until(() => second.view().state === end)
    expect(door.pairings.size).toBe(1)
    second.pairAgain()
    await isPending(second, door)
    expect(second.view().digits).not.toBe(digits)
    door.decide('accepted')
    await arrives(lot, second)
    expect(lot.told).toEqual(['ROWS-02', 'ROWS-02'])
  },
)

describe('certificates that do not fit', () => {
  const other = testAuthority('another')
  test.each([
    [
      'of another authority',
      (door: TestDoor) => door.decide('accepted', (one) => door.issued(one, other)),
    ],
    [
      'of another lot',
      (door: TestDoor) =>
        door.decide('accepted', (one) => door.issued({ ...one, lotId: '37010099' })),
    ],
    [
      'of another key',
      (door: TestDoor) =>
        door.decide('accepted', (one) => door.issued({ ...one, tlsRequest: one.signRequest })),
    ],
    [
      'changed about',
      (door: TestDoor) =>
        door.decide('accepted', (one) => {
          const { tls, sign } = door.issued(one)
          return { tls: sign, sign: tls }
        }),
    ],
    ['that are none', (door: TestDoor) => door.decide('accepted', () => ({ tls: '', sign: 'x' }))],
  ])('%s are not used', async (_name, decide) => {
    const [door, lot] = [await opened(), new TestLot()]
    lot.drive(1)
    const feed = lot.open(door.url)
    await isPending(feed, door)
    decide(door)
    await until(() => feed.view().state === 'unfit')
    expect(feed.view().fault).toMatchObject({ code: 'ROWS-03', needsPerson: true })
    expect(door.lines).toEqual([])
  })
})

describe('a door that is not that of the centre gets no row', () => {
  const other = testAuthority('another')
  test.each([
    ['a certificate of another authority', () => other.door()],
    [
      'a certificate without a use',
      (door: TestDoor) => door.authority.door('etc-lane centre', null),
    ],
    ['another name', (door: TestDoor) => door.authority.door('37010042')],
    [
      'a certificate that is not for servers',
      (door: TestDoor) => door.authority.door('etc-lane centre', 'client'),
    ],
  ])('%s', async (_name, tls) => {
    const { door, lot, feed } = await paired()
    const lines = door.lines.length
    const requests = door.requests.length
    await door.reopen(tls(door))
    lot.drive(2)
    const before = feed.view().heardAtIso
    await until(() => feed['feed']?.failures === 3)
    expect(door.requests).toHaveLength(requests)
    expect(door.lines).toHaveLength(lines)
    expect(feed.view()).toMatchObject({ heardAtIso: before, backlog: lot.headSeq - lines })
    await door.reopen()
    await arrives(lot, feed)
    expect(door.lines).toEqual(lot.lines)
  })
})

describe('a door that answers', () => {
  test.each([
    ['a page', (response) => void response.writeHead(200).end('<html>sign in</html>')],
    ['a redirect', (response) => void response.writeHead(307, { location: '/v1/elsewhere' }).end()],
    [
      'an answer without end',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const more = (): void =>
          void (response.destroyed || response.write('x'.repeat(65_536), more))
        more()
      },
    ],
    [
      'a compressed answer',
      (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    ],
    ['nothing', () => undefined],
    ['by closing', (response) => void response.destroy()],
    ['that it cannot now', (response) => void response.writeHead(503).end('{"retryMs":1000}')],
  ] satisfies [string, NonNullable<TestDoor['said']>][])(
    '%s: the rows wait, and come once',
    async (_name, said) => {
      const { door, lot, feed } = await paired()
      door.said = said
      lot.drive(2)
      await until(() => (feed['feed']?.failures ?? 0) >= 2)
      expect(feed.view().backlog).toBeGreaterThan(0)
      expect(door.requests).not.toContain('POST /v1/elsewhere')
      door.said = null
      await arrives(lot, feed)
      expect(door.lines).toEqual(lot.lines)
    },
  )

  test('to a pairing with a page: it is asked again', async () => {
    const [door, lot] = [await opened(), new TestLot()]
    door.said = (response) => void response.writeHead(200).end('<html>')
    const feed = lot.open(door.url)
    await until(() => door.requests.length >= 2)
    expect(feed.view()).toMatchObject({ state: 'asking', digits: null })
    door.said = null
    await isPending(feed, door)
  })
})

test('an answer that is lost is asked for again, and no row is there twice', async () => {
  const { door, lot, feed } = await paired()
  lot.drive(1)
  const own = door['answer'].bind(door)
  let lost = 0
  Object.assign(door, {
    answer: (...given: Parameters<typeof own>) => {
      const answer = own(...given)
      return given[1] === '/v1/rows' && lost++ < 2 ? [500, {}] : answer
    },
  })
  await arrives(lot, feed)
  expect(lost).toBeGreaterThan(2)
  expect(door.lines).toEqual(lot.lines)
})

test('a centre that forgot rows gets them again', async () => {
  const { door, lot, feed } = await paired()
  for (const kept of [0, 4]) {
    door.lines.length = kept
    door.heads.length = kept + 1
    lot.drive(1)
    await arrives(lot, feed)
    expect(door.lines).toEqual(lot.lines)
  }
})

test('another ledger under the same name shows as a fork, and changes nothing at the centre', async () => {
  const { door, lot, feed } = await paired()
  await feed.close()
  const other = new TestLot(50)
  const before = [...door.lines]
  // The keys of the lot, as of a cloned disk.
  Object.assign(other, { dir: lot.dir })
  other.drive(6)
  const cloned = other.open(door.url)
  await until(() => cloned.view().fault?.code === 'ROWS-05')
  expect(door.lines).toEqual(before)
  expect(other.told).toEqual(['ROWS-05'])
})

test('a ledger that lost rows behind those at the centre is told as such', async () => {
  const { door, lot, feed } = await paired()
  await feed.close()
  const old = new TestLot()
  old.drive(1)
  Object.assign(old, { dir: lot.dir })
  const copy = old.open(door.url)
  await until(() => copy.view().fault !== null)
  expect(copy.view().fault?.code).toBe('ROWS-06')
})

test('revoked: told, rows wait; a new pairing by a person goes on where it stopped', async () => {
  const { door, lot, feed } = await paired()
  for (const one of door.pairings.values()) one.signCertificate = null
  lot.drive(1)
  await until(() => feed.view().fault?.code === 'ROWS-04')
  feed.pairAgain()
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  expect(feed.view()).toMatchObject({ state: 'joined', fault: null })
  expect(door.lines).toEqual(lot.lines)
})

test('another address is another pairing; the certificates in use stay until it is accepted', async () => {
  const { door, lot, feed } = await paired()
  await feed.close()
  const next = await opened()
  const moved = lot.open(next.url)
  await isPending(moved, next)
  await moved.close()
  const back = lot.open(door.url)
  expect(back.view().state).toBe('joined')
  await back.close()
  const again = lot.open(next.url)
  await isPending(again, next)
  next.decide('accepted')
  await arrives(lot, again)
  expect(next.lines).toEqual(lot.lines)
})

test('what is closed in the middle of a batch sends nothing more, and the next start sends it', async () => {
  const { door, lot, feed } = await paired()
  door.said = () => undefined
  const before = door.requests.length
  lot.drive(1)
  await until(() => door.requests.length > before)
  await feed.close()
  expect(lot.onRows.size).toBe(0)
  door.said = null
  const after = door.requests.length
  lot.drive(1)
  await arrives(lot, lot.open(door.url))
  expect(door.requests.length).toBeGreaterThan(after)
  expect(door.lines).toEqual(lot.lines)
})

const beatsOf = (lot: TestLot): BeatSource => ({
  board: () =>
    ({
      lanes: [],
      status: {
        capacity: 9,
        inside: 0,
        free: 9,
        clock: { platformOffsetMs: null },
        platform: { state: 'off' },
        network: 'off',
        queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
        ledger: { headSeq: lot.headSeq },
        version: '1',
        upkeep: null,
      },
    }) as unknown as BeatBoard,
  certificates: () => [],
  matters: async () => [],
  books: async () => ({ hours: [], sums: { payments: [] } }),
})

test('a heartbeat goes before the rows: after the pairing, a restart and a silence', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.beats = beatsOf(lot)
  lot.drive(2)
  const first = lot.open(door.url)
  await isPending(first, door)
  expect(door.requests).not.toContain('POST /v1/beat')
  door.decide('accepted')
  await arrives(lot, first)
  const firstOf = (from: number): string | undefined =>
    door.requests.slice(from).find((one) => /beat|rows/.test(one))
  expect(firstOf(0)).toBe('POST /v1/beat')
  expect(first.view().beatAtIso).not.toBeNull()
  await first.close()
  const atRestart = door.requests.length
  lot.drive(1)
  const second = lot.open(door.url)
  await arrives(lot, second)
  expect(firstOf(atRestart)).toBe('POST /v1/beat')
  await door.close()
  lot.drive(1)
  await until(() => (second['feed']?.failures ?? 0) >= 2)
  const atReturn = door.requests.length
  await door.open()
  await arrives(lot, second)
  expect(firstOf(atReturn)).toBe('POST /v1/beat')
  expect(door.beats.at(-1)).toMatchObject({ nodeId: 'lot-1', version: '1' })
  expect(door.lines).toEqual(lot.lines)
})

test('a heartbeat that a busy worker delays keeps no row back', async () => {
  const [door, lot] = [await opened(), new TestLot()]
  lot.beats = { ...beatsOf(lot), books: () => new Promise(() => undefined) }
  lot.drive(2)
  const feed = lot.open(door.url)
  await isPending(feed, door)
  door.decide('accepted')
  await arrives(lot, feed)
  expect(door.lines).toEqual(lot.lines)
})
