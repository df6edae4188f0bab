// What a desk serves beside its calls: the built pages alone, with their policy; what keeps it from opening, and a database
// that is gone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import { testDesk, type TestDesk } from '../../kit/test-desk.ts'

let test: TestDesk
beforeAll(async () => {
  test = await testDesk()
})
afterAll(() => test.close())

describe('files', () => {
  it.each([
    ['/', 200],
    ['/assets/a.js', 200],
    ['/assets/', 404],
    ['/private.txt', 404],
    ['/assets/../private.txt', 404],
    ['/assets/..%2fprivate.txt', 404],
    ['/index.html', 404],
    ['/api/state.get', 404],
  ])('%s: %s', async (path, status) => {
    const response = await fetch(test.desk.url + path)
    expect(response.status).toBe(status)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/)
    expect(policy).not.toContain('unsafe')
  })
})

it('a database that is gone is one sentence, and another try works when it is back', async () => {
  const browser = await test.signedIn()
  expect(test.failures).toEqual([])
  await test.centre.server.crash()
  expect(await browser.call('lots.list')).toMatchObject({ status: 503, code: 'CENTRE-39' })
  expect(test.failures.length).toBeGreaterThan(0)
  await test.centre.server.start()
  await eventually(async () => (await browser.call('lots.list')).status).toBe(200)
})

it('beyond this computer it needs a certificate, and a page that is not built is named', async () => {
  await expect(test.again({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'CENTRE-31' })
  await expect(test.again({ pageDir: '/nowhere' })).rejects.toMatchObject({ code: 'FILE-01' })
  const port = Number(new URL(test.desk.url).port)
  await expect(test.again({ port })).rejects.toMatchObject({ code: 'CENTRE-25' })
})
