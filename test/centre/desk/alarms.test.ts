// What people of the desk do about alarms: taking, quieting and releasing a matter, and setting where alarms go.
import { createServer } from 'node:http'
import { readFileSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AlarmPost } from '../../../centre/alarm/post.ts'
import { present } from '#base/pure/values/must.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import {
  addLot,
  addMatter,
  alarmMail,
  startMs,
  testDesk,
  type Browser,
  type TestDesk,
} from '../../kit/test-desk.ts'

let test: TestDesk
let browser: Browser
const dir = folderOfFile('alarm-desk-')
beforeAll(async () => {
  test = await testDesk({ post: new AlarmPost(dir) })
  await addLot(test.centre, 'A1')
  browser = await test.signedIn()
})
afterAll(() => test.close())
const acts = async (like: string) =>
  (
    await test.centre.owner(
      'SELECT act, person, lot_id, detail FROM desk.act WHERE act LIKE $1 ORDER BY act_no',
      [like],
    )
  ).rows

describe('a matter', () => {
  let matterId = ''
  beforeEach(async () => {
    test.clock.ms = startMs
    for (const table of ['desk.matter', 'desk.act']) await test.centre.owner(`DELETE FROM ${table}`)
    matterId = await addMatter(test.centre, 'A1', 'silent', { what: { zh: '甲', en: 'A' } })
  })
  const seen = async () => present((await browser.call('inbox.list')).answer[0], 'a matter')
  const loud = async () => (await browser.call('state.get')).answer.waiting.loud

  it('is taken by one person, and released', async () => {
    expect(await loud()).toBe(1)
    const take = () => browser.call('inbox.take', { matterId })
    const statuses = (await Promise.all([take(), take()])).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 404])
    expect(await seen()).toMatchObject({
      taken: { name: 'admin', atMs: startMs },
      quietMs: null,
      what: { zh: '甲', en: 'A' },
    })
    expect(await loud()).toBe(0)
    expect((await browser.call('inbox.release', { matterId })).status).toBe(200)
    expect((await browser.call('inbox.release', { matterId })).code).toBe('CENTRE-38')
    expect(await seen()).toMatchObject({ taken: null, quietMs: null })
    expect(await acts('matter.%')).toMatchObject(
      ['matter.take', 'matter.release'].map((act) => ({
        act,
        person: 'admin',
        lot_id: 'A1',
        detail: { matterId, kind: 'silent' },
      })),
    )
  })

  it('is quiet until its time, with a reason', async () => {
    const quiet = (reason: string) => browser.call('inbox.quiet', { matterId, minutes: 30, reason })
    expect((await quiet(' ')).code).toBe('CENTRE-37')
    expect((await quiet('施工断电')).status).toBe(200)
    expect(await seen()).toMatchObject({ taken: null, quietMs: startMs + 1_800_000 })
    expect(await loud()).toBe(0)
    test.clock.ms = startMs + 1_800_000
    expect(await seen()).toMatchObject({ quietMs: null })
    expect(await loud()).toBe(1)
    expect(await acts('matter.quiet')).toMatchObject([
      { detail: { minutes: 30, reason: '施工断电' } },
    ])
  })

  it('that ends by itself is not ended by hand, and others are', async () => {
    expect(await browser.call('inbox.end', { matterId, reason: '不要了' })).toMatchObject({
      status: 409,
      code: 'CENTRE-40',
    })
    const other = await addMatter(test.centre, 'A1', 'forked', {})
    expect((await browser.call('inbox.end', { matterId: other, reason: '看过' })).status).toBe(200)
  })

  it('that has ended is neither taken nor quiet nor released', async () => {
    await test.centre.owner('UPDATE desk.matter SET ended_at = now(), taken_at = now()')
    for (const [name, more] of [
      ['take', {}],
      ['quiet', { minutes: 30, reason: '看过' }],
      ['release', {}],
    ] as const)
      expect((await browser.call(`inbox.${name}`, { matterId, ...more })).code, name).toBe(
        'CENTRE-38',
      )
    expect(await acts('matter.%')).toEqual([])
  })

  it('says by which ways it was told, and which failed', async () => {
    const { owner } = test.centre
    await owner(
      `INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ('mail', 'a', 0), ('webhook', 'b', 0)`,
    )
    await owner(
      `INSERT INTO desk.alarm_told (matter_id, way_id, lot_id, tries, last_at, why, begin_at)
       SELECT $1, way_id, 'A1', 1, $2, CASE WHEN kind = 'mail' THEN '' ELSE 'HTTP 500' END,
       CASE WHEN kind = 'mail' THEN $2::timestamptz END FROM desk.alarm_way`,
      [matterId, new Date(startMs)],
    )
    expect(await seen()).toMatchObject({
      told: [{ way: 'mail', atMs: startMs }],
      failing: [{ way: 'webhook', why: 'HTTP 500' }],
    })
    for (const table of ['alarm_told', 'alarm_way']) await owner(`DELETE FROM desk.${table}`)
  })
})

describe('where alarms go', () => {
  const mail = { ...alarmMail, password: '' }
  const set = (more: object) => browser.call('alarms.setMail', { ...mail, ...more })
  const secrets = (): string =>
    readdirSync(dir)
      .map((name) => readFileSync(`${dir}/${name}`, 'utf8'))
      .join()

  it('an address is added, tested for real, and removed with a reason', async () => {
    let body = ''
    const server = createServer((request, response) => {
      request.on('data', (part: Buffer) => {
        body += part.toString()
      })
      request.on('end', () => response.writeHead(202).end('thanks'))
    })
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { answer } = await browser.call('alarms.addWay', {
      kind: 'webhook',
      address,
      afterS: 300,
    })
    expect(answer.secret).toMatch(/^[0-9a-f]{64}$/)
    const { wayId } = answer
    const list = (await browser.call('alarms.list')).answer
    expect(list.ways).toEqual([{ wayId, kind: 'webhook', address, afterS: 300, last: null }])
    expect(JSON.stringify(list)).not.toContain(answer.secret)
    expect((await browser.call('alarms.test', { wayId })).answer).toEqual({
      isTaken: true,
      answer: 'HTTP 202 thanks',
    })
    expect(JSON.parse(body)).toMatchObject({ event: 'test', words: { zh: expect.any(String) } })
    server.close()
    expect((await browser.call('alarms.test', { wayId })).answer).toMatchObject({
      isTaken: false,
      answer: expect.stringContaining('ECONNREFUSED'),
    })
    const remove = (reason: string) => browser.call('alarms.removeWay', { wayId, reason })
    expect((await remove('')).code).toBe('CENTRE-37')
    expect((await remove('换人')).status).toBe(200)
    expect((await remove('换人')).code).toBe('CENTRE-38')
    expect((await browser.call('alarms.test', { wayId })).code).toBe('CENTRE-38')
    expect((await acts('way.%')).map(({ act }) => act)).toEqual([
      'way.add',
      'way.test',
      'way.test',
      'way.remove',
    ])
    expect(JSON.stringify(await acts('way.%'))).not.toContain(answer.secret)
  })

  it.each([
    ['mail', 'nobody'],
    ['mail', 'a@example.com, b@example.com'],
    ['mail', 'a@example.com\r\nBcc: b@example.com'],
    ['webhook', 'http://hooks.example.com/'],
    ['webhook', ''],
  ])('%s to "%s" is refused', async (kind, address) => {
    expect(await browser.call('alarms.addWay', { kind, address, afterS: 0 })).toMatchObject({
      code: 'CENTRE-42',
      field: 'address',
    })
  })

  it('the password of the mail server is kept in a file alone, and goes to no other server', async () => {
    expect((await set({})).code).toBe('CENTRE-43')
    expect((await set({ password: 'mail password 7' })).status).toBe(200)
    expect((await set({ from: 'b@example.com' })).status).toBe(200)
    for (const more of [
      { host: 'other.example.com' },
      { port: 466 },
      { tls: 'starttls' },
      { user: 'b' },
    ])
      expect((await set(more)).code, JSON.stringify(more)).toBe('CENTRE-43')
    expect((await set({ tls: 'none', password: 'mail password 7' })).code).toBe('CENTRE-44')
    const { answer } = await browser.call('alarms.list')
    expect(answer).toMatchObject({
      hasPassword: true,
      mail: { host: mail.host, from: 'b@example.com' },
    })
    expect(secrets()).toContain('mail password 7')
    const { rows } = await test.centre.owner(
      'SELECT (SELECT json_agg(m) FROM desk.mail_server m)::text || (SELECT json_agg(a) FROM desk.act a)::text AS all',
    )
    expect(JSON.stringify([answer, rows])).not.toContain('mail password 7')
  })

  it('an account that is left out takes its password along', async () => {
    expect((await set({ user: '', tls: 'none' })).status).toBe(200)
    expect(secrets()).not.toContain('mail password 7')
    expect((await browser.call('alarms.list')).answer.hasPassword).toBe(false)
  })
})

it('the sequence changes with each of it', async () => {
  const { owner } = test.centre
  await addMatter(test.centre, 'A1', 'diskLow', {})
  const seq = async (): Promise<string> => (await browser.call('state.seq')).answer.seq
  let last = await seq()
  for (const change of [
    () => owner("UPDATE desk.matter SET taken_at = now() WHERE lot_id = 'A1'"),
    () => owner("UPDATE desk.matter SET taken_at = NULL WHERE lot_id = 'A1'"),
    () => {
      const until = new Date(test.clock.ms + 60_000)
      return owner("UPDATE desk.matter SET quiet_until = $1 WHERE lot_id = 'A1'", [until])
    },
    // The quiet time is over.
    async () => void (test.clock.ms += 60_001),
    () => owner("INSERT INTO desk.alarm_way (kind, address, after_s) VALUES ('mail', 'a', 0)"),
    () =>
      owner(`INSERT INTO desk.alarm_told (matter_id, way_id, lot_id, tries, last_at, why)
          SELECT matter_id, way_id, lot_id, 1, now(), 'no' FROM desk.matter, desk.alarm_way`),
    () => owner("UPDATE desk.alarm_told SET why = '', begin_at = now()"),
    () => owner('UPDATE desk.alarm_way SET removed_at = now()'),
    () => owner("UPDATE desk.mail_server SET server = '{}'"),
  ]) {
    await change()
    const next = await seq()
    expect(next, change.toString()).not.toBe(last)
    last = next
    expect(await seq()).toBe(last)
  }
})

it.each([
  ['inbox.take', { matterId: '-1' }, '/matterId'],
  ['inbox.quiet', { matterId: '1', minutes: 4, reason: 'because' }, '/minutes'],
  ['inbox.quiet', { matterId: '1', minutes: 7 * 24 * 60 + 1, reason: 'because' }, '/minutes'],
  ['inbox.quiet', { matterId: '1', minutes: '30', reason: 'because' }, '/minutes'],
  ['inbox.release', {}, '/matterId'],
  ['alarms.addWay', { kind: 'sms', address: 'a', afterS: 0 }, '/kind'],
  ['alarms.addWay', { kind: 'mail', address: 'a', afterS: -1 }, '/afterS'],
  ['alarms.addWay', { kind: 'mail', address: 'a', afterS: 86_401 }, '/afterS'],
  ['alarms.test', { wayId: 'x' }, '/wayId'],
  ['alarms.setMail', { ...alarmMail, port: 65_536 }, '/port'],
  ['alarms.setMail', { ...alarmMail, host: ' ' }, '/host'],
  ['alarms.setMail', { ...alarmMail, from: 'nobody' }, '/from'],
  ['alarms.setMail', { ...alarmMail, tls: 'ssl' }, '/tls'],
])('%s %j names %s', async (name, args, field) => {
  expect(await browser.call(name, args)).toMatchObject({ status: 400, code: 'API-01', field })
})
