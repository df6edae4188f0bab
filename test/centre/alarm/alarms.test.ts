// The whole of it on a real database, a hundred times as fast: a lot is unplugged, its matter is told by a real webhook in its
// time, and so is its end; a stop in between changes nothing, and a failing database is reported once.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openAlarms } from '../../../centre/alarm/alarms.ts'
import { AlarmPost } from '../../../centre/alarm/post.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { addBeat } from '../../kit/centre-beats.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { eventually } from '../../kit/eventually.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { addLot, startMs } from '../../kit/test-desk.ts'

let centre: TestCentre
const post = new AlarmPost(folderOfFile('alarms-'))
beforeAll(async () => {
  centre = await testCentre(startMs)
  await addLot(centre, 'A1')
})
afterAll(() => centre.remove())

/** Each wait is short, and moves the time by as much as was asked for; only the watcher's does. */
function clocks() {
  const clock = { ms: startMs, nowMs: () => clock.ms }
  let waits = 0
  const mono: MonoClock = {
    nowUs: () => clock.ms * 1_000,
    after(delayMs, fn) {
      const isWatcher = waits++ % 2 === 0
      const timer = setTimeout(() => {
        if (isWatcher) clock.ms += delayMs
        fn()
      }, delayMs / 100)
      return () => clearTimeout(timer)
    },
  }
  return { clock, mono }
}

it('tells that a lot was unplugged and that it is heard again, over a stop', async () => {
  const told: { event: string; kind: string; afterS: number }[] = []
  const { clock, mono } = clocks()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      const { event, kind } = JSON.parse(body) as { event: string; kind: string }
      told.push({ event, kind, afterS: (clock.ms - startMs) / 1_000 })
      response.end()
    })
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const { rows } = await centre.owner(
    "INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ('webhook', $1, 300) RETURNING way_id",
    [address],
  )
  post.newSecret(rows[0].way_id)
  await addBeat(centre, 'A1', startMs)
  const failures: unknown[] = []
  const open = () =>
    openAlarms({ pool: centre.work, post, clock, mono, failed: (error) => failures.push(error) })
  const first = open()
  const matter = async () =>
    (await centre.owner('SELECT kind, since, ended_at FROM desk.matter')).rows
  await eventually(matter).toMatchObject([
    { kind: 'silent', since: new Date(startMs), ended_at: null },
  ])
  expect(clock.ms - startMs).toBeLessThan(300_000)
  await first.close()
  const second = open()
  await eventually(() => told.length).toBe(1)
  expect(told[0]).toMatchObject({ event: 'begin', kind: 'silent' })
  expect(told[0]?.afterS).toBeGreaterThanOrEqual(300)
  await addBeat(centre, 'A1', clock.ms)
  await eventually(() => told.map(({ event }) => event).join()).toBe('begin,end')
  await second.close()
  expect(await matter()).toHaveLength(1)
  expect(failures).toEqual([])
})

it('says once that the database is away, and goes on when it is back', async () => {
  const { clock, mono } = clocks()
  const failures: unknown[] = []
  await centre.server.crash()
  const alarms = openAlarms({
    pool: centre.work,
    post,
    clock,
    mono,
    failed: (error) => failures.push(error),
  })
  await eventually(() => clock.ms - startMs).toBeGreaterThan(60_000)
  expect(failures).toHaveLength(2)
  await centre.server.start()
  const until = async () =>
    (await centre.owner('SELECT until_at FROM desk.alarm_listening')).rows[0]?.until_at.getTime() -
    startMs
  const before = clock.ms - startMs
  await eventually(until).toBeGreaterThan(before)
  await alarms.close()
})
