// Signing in at the desk of the centre: one-time secret, lock, pace, idle and absolute end, and requests of other sites.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { Secrets } from '../../../centre/desk/secrets.ts'
import {
  Browser,
  ownSecret,
  quickHasher,
  startMs,
  testDesk,
  type TestDesk,
} from '../../kit/test-desk.ts'

const minuteMs = 60_000
let test: TestDesk
let oneTime = ''
beforeAll(async () => {
  test = await testDesk()
  oneTime = present(test.desk.signIn, 'the first start makes one').password
})
afterAll(() => test.close())
beforeEach(async () => {
  // Each test has its own hours, so that no pace or lock of the one before is left.
  test.clock.ms += 60 * minuteMs
  await test.centre.owner('DELETE FROM desk.sign_in_try')
})
const visitor = () => new Browser(test.desk.url)

describe('the one-time secret', () => {
  it('is made anew at each start until it is changed, and kept as its hash alone', async () => {
    const other = await test.again()
    const fresh = present(other.signIn, 'not changed yet')
    expect(fresh).toEqual({ name: 'admin', password: expect.stringMatching(/^(\w{5}-){2}\w{5}$/) })
    expect((await visitor().signIn(oneTime)).code).toBe('CENTRE-32')
    oneTime = fresh.password
    const { rows } = await test.centre.owner('SELECT * FROM desk.person')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(oneTime)
    await other.close()
  })

  it('opens nothing but its own change', async () => {
    const browser = visitor()
    expect((await browser.signIn(oneTime)).answer).toEqual({
      name: 'admin',
      oneTime: true,
      wall: null,
    })
    expect(await browser.call('lots.list')).toMatchObject({ status: 403, code: 'CENTRE-35' })
    expect((await browser.call('session.get')).answer).toEqual({
      name: 'admin',
      oneTime: true,
      wall: null,
    })
  })

  it.each([
    ['nine chars', 'ninechars', 'CENTRE-36'],
    ['the name', 'my ADMIN secret', 'CENTRE-36'],
    ['sixty-five', 'x'.repeat(65), 'CENTRE-36'],
    ['nothing', '', 'CENTRE-36'],
    ['a number', 1_234_567_890, 'API-01'],
  ])('is not changed to %s', async (_, wanted, code) => {
    const browser = visitor()
    await browser.signIn(oneTime)
    const secret = oneTime
    expect((await browser.call('session.setSecret', { secret, wanted })).code).toBe(code)
    expect((await browser.call('session.setSecret', { secret, wanted: secret })).code).toBe(
      'CENTRE-36',
    )
    const wrong = await browser.call('session.setSecret', { secret: 'x', wanted: ownSecret })
    expect(wrong.code).toBe('CENTRE-32')
  })

  it('is changed once: other sessions end, and a start prints none', async () => {
    const [browser, other] = [visitor(), visitor()]
    await browser.signIn(oneTime)
    await other.signIn(oneTime)
    const changed = await browser.call('session.setSecret', { secret: oneTime, wanted: ownSecret })
    expect(changed.answer).toEqual({ name: 'admin', oneTime: false, wall: null })
    expect((await browser.call('lots.list')).answer).toEqual([])
    expect(await other.call('session.get')).toMatchObject({ status: 401, code: 'CENTRE-34' })
    expect((await visitor().signIn(oneTime)).code).toBe('CENTRE-32')
    const next = await test.again()
    expect(next.signIn).toBeNull()
    await next.close()
    expect((await visitor().signIn(ownSecret)).status).toBe(200)
  })
})

/** `n` wrong tries in a row, each after the lock of the one before. */
async function wrongTries(browser: Browser, n: number, name = 'admin'): Promise<void> {
  for (let at = 1; at <= n; at++) {
    expect((await browser.signIn('wrong', name)).code, `try ${at}`).toBe('CENTRE-32')
    if (at >= 5 && at < n) test.clock.ms += 15 * minuteMs
  }
}

describe('a lock', () => {
  it.each([
    // wrong tries in a row, seconds of the lock
    [5, 30],
    [6, 60],
    [7, 120],
    [9, 480],
    [10, 900],
    [14, 900],
  ])('after %i wrong secrets lasts %i seconds, in every desk', async (wrong, seconds) => {
    const browser = visitor()
    await wrongTries(browser, wrong)
    expect(await browser.signIn(ownSecret)).toMatchObject({ status: 429, code: 'CENTRE-33' })
    const other = await test.again()
    expect((await new Browser(other.url).signIn(ownSecret)).code).toBe('CENTRE-33')
    await other.close()
    test.clock.ms += seconds * 1000 - 1
    expect((await browser.signIn(ownSecret)).code).toBe('CENTRE-33')
    test.clock.ms += 1
    expect((await browser.signIn(ownSecret)).status).toBe(200)
    expect((await visitor().signIn('wrong')).code).toBe('CENTRE-32')
    expect((await visitor().signIn(ownSecret)).status).toBe(200)
  })

  it('forgets wrong ones after a day', async () => {
    await wrongTries(visitor(), 8)
    test.clock.ms += 24 * 60 * minuteMs + 1
    for (let n = 0; n < 4; n++) await visitor().signIn('wrong')
    expect((await visitor().signIn(ownSecret)).status).toBe(200)
  })

  it('of a person leaves the others behind its address, and browsers in which the person was', async () => {
    await test.centre.owner(`INSERT INTO desk.person (name, secret, one_time)
      SELECT 'wang', secret, false FROM desk.person WHERE name = 'admin' ON CONFLICT DO NOTHING`)
    const known = visitor()
    expect((await known.signIn(ownSecret)).status).toBe(200)
    const first = known.known
    for (let n = 0; n < 20; n++) await visitor().signIn('wrong')
    for (let n = 0; n < 20; n++) await visitor().signIn('wrong', `made up ${n}`)
    const stranger = visitor()
    expect((await stranger.signIn(ownSecret)).code).toBe('CENTRE-33')
    expect((await stranger.signIn(ownSecret, 'wang')).status).toBe(200)
    // A browser of another person is no browser of this one, nor is a token that was made up.
    expect((await stranger.signIn(ownSecret)).code).toBe('CENTRE-33')
    stranger.known = `${first.split('=')[0]}=${'x'.repeat(43)}`
    expect((await stranger.signIn(ownSecret)).code).toBe('CENTRE-33')
    expect((await known.signIn(ownSecret)).status).toBe(200)
    expect(known.known).toBe(first)
    // Its own wrong tries lock it alone.
    await wrongTries(known, 5)
    expect((await known.signIn(ownSecret)).code).toBe('CENTRE-33')
    expect((await visitor().signIn(ownSecret, 'wang')).status).toBe(200)
  })

  it('keeps a hundred browsers of a person, and gives no cookie to scripts', async () => {
    const secrets = new Secrets(test.centre.people, { nowMs: () => test.clock.ms++ }, quickHasher)
    for (let n = 0; n < 103; n++)
      await secrets.signIn('admin', ownSecret, { address: '192.0.2.1', browser: null })
    const { rows } = await test.centre.owner(
      "SELECT count(*)::int AS n FROM desk.sign_in_try WHERE address LIKE 'browser %'",
    )
    expect(rows).toEqual([{ n: 100 }])
  })

  it('counts parallel tries before it checks them', async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, () => visitor().signIn('wrong')))
    const codes = tries.map(({ code }) => code).toSorted()
    expect(codes).toEqual([...Array(5).fill('CENTRE-32'), ...Array(3).fill('CENTRE-33')])
  })

  it.each([
    // addresses that guess, has the person signed in from the own one, is the right secret taken there
    [1, false, true],
    [19, false, true],
    [20, false, false],
    [20, true, true],
    [30, true, true],
  ])('of %i other addresses; signed in before: %s; enters: %s', async (count, before, enters) => {
    const secrets = new Secrets(test.centre.people, { nowMs: () => test.clock.ms }, quickHasher)
    const own = () => secrets.signIn('admin', ownSecret, { address: '192.0.2.200', browser: null })
    if (before) await own()
    let refused = 0
    for (let n = 0; n < count; n++)
      for (let tries = 0; tries < 5; tries++)
        await secrets
          .signIn('admin', 'wrong', { address: `192.0.2.${n}`, browser: null })
          .catch(({ code }) => (refused += code === 'CENTRE-33' ? 1 : 0))
    // No more than a hundred guesses in a quarter of an hour.
    expect(refused).toBe(Math.max(0, count - 20) * 5)
    const code = await own().then(
      () => null,
      (error: { code: string }) => error.code,
    )
    expect(code).toBe(enters ? null : 'CENTRE-33')
    test.clock.ms += 15 * minuteMs
    expect((await own()).person.name).toBe('admin')
  })

  it('forgets four wrong ones after a right one', async () => {
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 4; n++) await visitor().signIn('wrong')
      expect((await visitor().signIn(ownSecret)).status).toBe(200)
      test.clock.ms += minuteMs
    }
  })

  it('of names that are no person’s: the eleventh try of an address in a minute waits', async () => {
    for (let n = 0; n < 10; n++)
      expect((await visitor().signIn('wrong', `person ${n}`)).code).toBe('CENTRE-32')
    expect(await visitor().signIn('wrong', 'person 11')).toMatchObject({
      status: 429,
      code: 'PEOPLE-10',
    })
    expect((await visitor().signIn(ownSecret)).status).toBe(200)
    test.clock.ms += minuteMs
    expect((await visitor().signIn('wrong', 'person 11')).code).toBe('CENTRE-32')
  })
})

describe('a session', () => {
  it('ends after 30 minutes in which nobody touched the page, whatever the page asked', async () => {
    const browser = visitor()
    await browser.signIn(ownSecret)
    for (let n = 0; n < 3; n++) {
      test.clock.ms += 29 * minuteMs
      expect((await browser.call('state.seq')).status).toBe(200)
    }
    for (let n = 0; n < 3; n++) {
      test.clock.ms += 10 * minuteMs
      expect((await browser.call('state.seq', {}, { 'etc-used': '' })).status).toBe(200)
    }
    test.clock.ms += 1
    expect((await browser.call('state.seq', {}, { 'etc-used': '' })).code).toBe('CENTRE-34')
    expect((await browser.call('state.seq')).code).toBe('CENTRE-34')
  })

  it('ends after 12 hours of work', async () => {
    const browser = visitor()
    await browser.signIn(ownSecret)
    for (let n = 0; n < 36; n++) {
      test.clock.ms += 20 * minuteMs
      expect((await browser.call('session.get')).status).toBe(200)
    }
    test.clock.ms += 20 * minuteMs
    expect((await browser.call('session.get')).code).toBe('CENTRE-34')
  })

  it('ends when its person signs out; its cookie is no use to scripts or other sites', async () => {
    const response = await fetch(`${test.desk.url}/api/session.begin`, {
      method: 'POST',
      headers: { origin: test.desk.url, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'admin', secret: ownSecret }),
    })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^etc-desk-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(
        /^etc-desk-\d+-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/,
      ),
    ])
    const browser = visitor()
    await browser.signIn(ownSecret)
    const { cookie } = browser
    const { rows } = await test.centre.owner('SELECT token_digest FROM desk.session')
    const kept = rows.map(({ token_digest: digest }) => digest.toString('base64url')).join(' ')
    expect(kept).not.toContain(cookie.split('=')[1])
    await browser.call('session.end')
    browser.cookie = cookie
    expect((await browser.call('session.get')).code).toBe('CENTRE-34')
  })

  it('is of no token that was made up', async () => {
    const browser = visitor()
    for (const token of ['', 'x', 'x'.repeat(43), "' OR true --", '\u00e4']) {
      browser.cookie = `etc-desk-${new URL(test.desk.url).port}=${encodeURIComponent(token)}`
      expect((await browser.call('lots.list')).code).toBe('CENTRE-34')
    }
  })
})

describe('a request of another site', () => {
  it.each([
    ['another origin', { origin: 'http://example.org' }, 'API-02'],
    ['no origin', { origin: '' }, 'API-02'],
    ['the same host under another port', { origin: 'http://127.0.0.1:1' }, 'API-02'],
    ['an opaque origin', { origin: 'null' }, 'API-02'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'API-01'],
    ['plain text', { 'content-type': 'text/plain' }, 'API-01'],
  ])('with %s is refused', async (_, headers, code) => {
    const browser = visitor()
    await browser.signIn(ownSecret)
    const reply = await browser.call('state.get', '{}', headers)
    expect(reply.code).toBe(code)
    expect(reply.answer).toBeUndefined()
  })

  it('that resolved its own name to this computer is refused', async () => {
    const { request } = await import('node:http')
    const { port } = new URL(test.desk.url)
    const host = `desk.example.org:${port}`
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' }
    const status = await new Promise((done) => {
      request({ port, method: 'POST', path: '/api/session.get', headers }, (answer) =>
        done(answer.statusCode),
      ).end('{}')
    })
    expect(status).toBe(403)
  })
})

it('sign-ins and changes of a secret are in the log of acts', async () => {
  const { rows } = await test.centre.owner(
    "SELECT DISTINCT person, act FROM desk.act WHERE person = 'admin' ORDER BY 2",
  )
  expect(rows).toEqual(
    ['person.lastTry', 'person.secret', 'session.begin'].map((act) => ({ person: 'admin', act })),
  )
  expect(test.failures).toEqual([])
  expect(test.clock.ms).toBeGreaterThan(startMs)
})
