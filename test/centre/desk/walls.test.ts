// A screen that a person leaves open: what it may ask, how long it lasts, and what ends it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../centre/desk/calls/table.ts'
import { Browser, ownSecret, startMs, testDesk, type TestDesk } from '../../kit/test-desk.ts'

let test: TestDesk
beforeAll(async () => {
  test = await testDesk()
  await test.signedIn()
})
afterAll(() => test.close())
const person = async (): Promise<Browser> => {
  const browser = new Browser(test.desk.url)
  expect((await browser.signIn(ownSecret)).status).toBe(200)
  return browser
}
async function wallOf(name: string): Promise<Browser> {
  const browser = await person()
  expect((await browser.call('walls.open', { name })).answer).toEqual({
    name: 'admin',
    oneTime: false,
    wall: name,
  })
  return browser
}
const hour = 3_600_000
/** Tries of an address are counted by the minute. */
const later = (ms = 60_000): void => void (test.clock.ms += ms)

describe('a wall', () => {
  const asked = ['session.get', 'state.seq', 'today.get']
  const ofAnybody = ['session.begin', 'session.end']
  it.each(Object.keys(calls).filter((name) => !ofAnybody.includes(name)))(
    '%s: only looks at the day',
    async (name) => {
      later()
      const wall = await wallOf('lobby')
      const wanted = asked.includes(name) ? { status: 200 } : { status: 403, code: 'API-02' }
      expect(await wall.call(name)).toMatchObject(wanted)
    },
  )

  it('takes the place of the session of the person, and is an act', async () => {
    later()
    const browser = await person()
    const before = browser.cookie
    await browser.call('walls.open', { name: 'gate' })
    expect(browser.cookie).not.toBe(before)
    browser.cookie = before
    expect((await browser.call('session.get')).code).toBe('CENTRE-34')
    const { rows } = await test.centre.owner(
      "SELECT person, detail FROM desk.act WHERE act = 'wall.open' ORDER BY act_no DESC LIMIT 1",
    )
    expect(rows).toEqual([{ person: 'admin', detail: { wall: 'gate' } }])
  })

  it('outlasts idleness, a day and sign-ins of others, unlike a person', async () => {
    later()
    const [wall, idle] = [await wallOf('hall'), await person()]
    for (let hours = 0; hours < 48; hours++) {
      later(hour)
      expect((await wall.call('today.get', {}, { 'etc-used': '' })).status).toBe(200)
      if (hours % 12 === 0) await person()
    }
    expect((await idle.call('session.get')).code).toBe('CENTRE-34')
    // Off for 29 days, and on again.
    later(29 * 24 * hour)
    expect((await wall.call('session.get')).answer).toMatchObject({ wall: 'hall' })
  })

  it('ends when it was off for thirty days', async () => {
    later()
    const wall = await wallOf('cellar')
    later(30 * 24 * hour + 60_000)
    expect((await wall.call('today.get')).code).toBe('CENTRE-34')
  })

  it('has a cookie that outlasts the browser; a person has none', async () => {
    later()
    const cookieOf = async (name: string, args: object, cookie: string): Promise<string> => {
      const headers = { origin: test.desk.url, 'content-type': 'application/json', cookie }
      const body = JSON.stringify(args)
      const reply = await fetch(`${test.desk.url}/api/${name}`, { method: 'POST', headers, body })
      return reply.headers.getSetCookie()[0] ?? ''
    }
    const signedIn = await cookieOf('session.begin', { name: 'admin', secret: ownSecret }, '')
    expect(signedIn).not.toContain('Max-Age')
    const own = signedIn.split(';')[0] ?? ''
    const wall = await cookieOf('walls.open', { name: 'shop' }, own)
    expect(wall).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=34560000$/)
  })
})

describe('a person', () => {
  it('sees the own walls, and ends one as an act', async () => {
    later()
    await test.centre.owner('DELETE FROM desk.session')
    const [one, two, own] = [await wallOf('one'), await wallOf('two'), await person()]
    const walls = (await own.call('walls.list')).answer
    expect(walls).toEqual([
      { wallId: expect.any(String), name: 'one', sinceMs: test.clock.ms, seenMs: test.clock.ms },
      { wallId: expect.any(String), name: 'two', sinceMs: test.clock.ms, seenMs: test.clock.ms },
    ])
    const wallId = walls[0]?.wallId ?? ''
    expect((await own.call('walls.end', { wallId })).status).toBe(200)
    expect((await own.call('walls.end', { wallId })).code).toBe('CENTRE-38')
    expect((await one.call('today.get')).code).toBe('CENTRE-34')
    expect((await two.call('today.get')).status).toBe(200)
    const { rows } = await test.centre.owner("SELECT detail FROM desk.act WHERE act = 'wall.end'")
    expect(rows).toEqual([{ detail: { wall: 'one' } }])
  })

  it('ends no wall of another person, and no session that is none', async () => {
    later()
    await test.centre.owner(`INSERT INTO desk.person (name, secret, lots, one_time)
      SELECT 'other', secret, '', false FROM desk.person WHERE name = 'admin'`)
    const wall = await wallOf('mine')
    const other = new Browser(test.desk.url)
    await other.signIn(ownSecret, 'other')
    expect((await other.call('walls.list')).answer).toEqual([])
    const { rows } = await test.centre.owner('SELECT session_id FROM desk.session')
    for (const { session_id: wallId } of rows)
      expect((await other.call('walls.end', { wallId })).code).toBe('CENTRE-38')
    expect((await wall.call('today.get')).status).toBe(200)
  })

  it('ends all of them with a new password', async () => {
    later()
    const [wall, own] = [await wallOf('last'), await person()]
    const wanted = `${ownSecret} anew`
    expect((await own.call('session.setSecret', { secret: ownSecret, wanted })).status).toBe(200)
    expect((await wall.call('today.get')).code).toBe('CENTRE-34')
    expect(test.clock.ms).toBeGreaterThan(startMs)
  })
})

it.each([
  ['today.get', { day: '2026-11-29' }, '/day'],
  ['walls.open', {}, '/name'],
  ['walls.open', { name: ' ' }, '/name'],
  ['walls.open', { name: 'x'.repeat(41) }, '/name'],
  ['walls.end', { wallId: 1 }, '/wallId'],
  ['walls.end', { wallId: '1; DELETE FROM desk.session' }, '/wallId'],
  ['walls.list', { all: true }, '/all'],
])('%s %j names %s', async (name, args, field) => {
  later()
  const own = new Browser(test.desk.url)
  await own.signIn(`${ownSecret} anew`)
  expect(await own.call(name, args)).toMatchObject({ status: 400, code: 'API-01', field })
})
