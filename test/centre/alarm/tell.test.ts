// Who is told of a matter, on a real database with ways of the test: once each in its time, not when a person has taken it,
// again when a way fails, and the end.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AlarmNews } from '../../../centre/alarm/message.ts'
import type { Sent } from '../../../centre/alarm/post.ts'
import { tellOnce } from '../../../centre/alarm/tell.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { addLot, addMatter, startMs } from '../../kit/test-desk.ts'

let centre: TestCentre
let nowMs = startMs
let said: string[] = []
/** Answer by the address of a way. */
let answers: Record<string, (news: readonly AlarmNews[]) => Promise<Sent> | Sent> = {}
beforeAll(async () => {
  centre = await testCentre(startMs)
  await addLot(centre, 'A1')
})
afterAll(() => centre.remove())
beforeEach(async () => {
  said = []
  answers = {}
  nowMs = startMs
  for (const table of ['desk.alarm_told', 'desk.alarm_way', 'desk.matter'])
    await centre.owner(`DELETE FROM ${table}`)
})

const addWay = (kind: string, address: string, afterS: number) =>
  centre.owner('INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ($1, $2, $3)', [
    kind,
    address,
    afterS,
  ])
const post = {
  async send(
    { address }: { readonly address: string },
    _: unknown,
    news: readonly AlarmNews[],
  ): Promise<Sent> {
    const sent = (await answers[address]?.(news)) ?? { taken: news.length, answer: '250 ok' }
    said.push(
      `${(nowMs - startMs) / 1_000} ${address} ${news.map(({ is, kind }) => `${is} ${kind}`).join()} ${sent.taken}`,
    )
    return sent
  },
}
/** Looks each five seconds, as a program that has just been started, or one that goes on. */
async function pass(toS: number, busy = new Map<string, Promise<void>>()): Promise<void> {
  for (; nowMs < startMs + toS * 1_000; nowMs += 5_000) {
    await tellOnce({ pool: centre.work, post, nowMs: () => nowMs }, busy)
    await Promise.all(busy.values())
  }
}

it('each way once in its time over restarts, and the end', async () => {
  await addWay('mail', 'first', 0)
  await addWay('webhook', 'second', 60)
  await addMatter(centre, 'A1', 'silent', {}, 0)
  await pass(30)
  await pass(300)
  expect(said).toEqual(['0 first begin silent 1', '60 second begin silent 1'])
  await centre.owner('UPDATE desk.matter SET ended_at = $1', [new Date(nowMs)])
  await pass(600)
  expect(said.slice(2).toSorted()).toEqual(['300 first end silent 1', '300 second end silent 1'])
})

it('nobody of a matter that was taken or is quiet, until its time is over', async () => {
  await addWay('mail', 'first', 60)
  const taken = await addMatter(centre, 'A1', 'silent', {}, 0)
  const quiet = await addMatter(centre, 'A1', 'diskLow', {}, 0)
  await pass(30)
  await centre.owner(
    "UPDATE desk.matter SET taken_at = $2, taken_by = 'admin' WHERE matter_id = $1",
    [taken, new Date(nowMs)],
  )
  await centre.owner('UPDATE desk.matter SET quiet_until = $2 WHERE matter_id = $1', [
    quiet,
    new Date(startMs + 120_000),
  ])
  await pass(300)
  expect(said).toEqual(['120 first begin diskLow 1'])
})

it('a way that fails again after growing waits, with why, and the others go on', async () => {
  await addWay('mail', 'first', 0)
  await addWay('mail', 'second', 0)
  let tries = 0
  answers = { first: (news) => ({ taken: ++tries < 3 ? 0 : news.length, answer: '451 later' }) }
  await addMatter(centre, 'A1', 'silent', {}, 0)
  await pass(5)
  const { rows } = await centre.owner('SELECT why, tries FROM desk.alarm_told ORDER BY why DESC')
  expect(rows).toEqual([
    { why: '451 later', tries: 1 },
    { why: '', tries: 0 },
  ])
  await pass(300)
  expect(said.filter((one) => one.includes('first'))).toEqual([
    '0 first begin silent 0',
    '15 first begin silent 0',
    '45 first begin silent 1',
  ])
  expect(said.filter((one) => one.includes('second'))).toHaveLength(1)
})

it('of several, those that were taken are not told again', async () => {
  await addWay('webhook', 'hook', 0)
  for (const kind of ['silent', 'diskLow', 'clockDoubt']) await addMatter(centre, 'A1', kind, {}, 0)
  let tries = 0
  answers = { hook: (news) => ({ taken: tries++ === 0 ? 1 : news.length, answer: 'HTTP 500' }) }
  await pass(60)
  expect(said).toEqual([
    '0 hook begin silent,begin diskLow,begin clockDoubt 1',
    '15 hook begin diskLow,begin clockDoubt 2',
  ])
})

it('a slow way keeps no other one waiting, and is not asked twice', async () => {
  await addWay('mail', 'slow', 0)
  await addWay('mail', 'quick', 0)
  const slow = Promise.withResolvers<Sent>()
  answers = { slow: () => slow.promise }
  const busy = new Map<string, Promise<void>>()
  await addMatter(centre, 'A1', 'silent', {}, 0)
  const look = () => tellOnce({ pool: centre.work, post, nowMs: () => nowMs }, busy)
  await look()
  await Promise.race(busy.values())
  await addMatter(centre, 'A1', 'diskLow', {}, 0)
  nowMs += 60_000
  await look()
  await Promise.race(busy.values())
  expect(said).toEqual(['0 quick begin silent 1', '60 quick begin diskLow 1'])
  slow.resolve({ taken: 1, answer: '' })
  await Promise.all(busy.values())
  expect(said.slice(2)).toEqual(['60 slow begin silent 1'])
})

it('a way that a person removed hears nothing more', async () => {
  await addWay('mail', 'first', 0)
  await centre.owner('UPDATE desk.alarm_way SET removed_at = $1', [new Date(nowMs)])
  await addMatter(centre, 'A1', 'silent', {}, 0)
  await pass(60)
  expect(said).toEqual([])
})
