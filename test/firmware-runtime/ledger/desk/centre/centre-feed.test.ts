// A lot and its centre over real HTTPS: pairing, batches of a real ledger, restarts, and doors that are none.
// Time runs fifty times as fast.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FeedRows } from '#ledger/ports/feed-rows.ts'
import { testAuthority } from '../../../../kit/test-authority.ts'
import type { TestDoor } from '../../../../kit/test-door.ts'
import { arrives, isPending, opened, paired, TestLot, until } from './feed-kit.ts'

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
