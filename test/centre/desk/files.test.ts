// The files that the desk serves, and where it cannot be opened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

it('beyond this computer it needs a certificate, and a page that is not built is named', async () => {
  await expect(test.again({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'CENTRE-31' })
  await expect(test.again({ pageDir: '/nowhere' })).rejects.toMatchObject({ code: 'FILE-01' })
  const port = Number(new URL(test.desk.url).port)
  await expect(test.again({ port })).rejects.toMatchObject({ code: 'LINK-01' })
})
