// The intake path that a payment gateway posts to, over real sockets: the intake's allow-list decides who may connect, size
// and method have their own rules, and the body is handed over unchanged.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { PayNotice } from '#base/crypto/notice.ts'
import { present } from '#base/pure/values/must.ts'

let server: CameraPushServer
let notices: PayNotice[] = []
let isGood = true
const common = { lanes: ['entry'], clock: { nowMs: () => 0 }, onPush: () => null }

beforeEach(async () => {
  notices = []
  isGood = true
  server = await openCameraPushServer({
    ...common,
    onNotice: (notice) => (notices.push(notice), isGood),
  })
})
afterEach(() => server.close())

const url = (): string => present(server.noticeUrl, 'notifications are taken')
const post = async (init: RequestInit = {}): Promise<number> =>
  (await fetch(url(), { method: 'POST', body: '{"attemptNo":"O1P1"}', ...init })).status

it('is handed over with its headers, and answered without a word of what came of it', async () => {
  expect(await post({ headers: { 'pay-key': 'k' } })).toBe(204)
  expect(notices).toHaveLength(1)
  expect(notices[0]?.headers).toMatchObject({ 'pay-key': 'k' })
  expect(Buffer.from(notices[0]?.body ?? []).toString()).toBe('{"attemptNo":"O1P1"}')
  isGood = false
  expect(await post()).toBe(401)
})

it.each<[string, RequestInit, number]>([
  ['another method', { method: 'PUT' }, 405],
  ['a body of 5 kB', { body: 'x'.repeat(5_000) }, 413],
  ['a page in a browser', { headers: { origin: 'https://evil.example' } }, 403],
])('%s never reaches it', async (_what, init, status) => {
  expect(await post(init)).toBe(status)
  expect(notices).toEqual([])
})

it('a lot without a gateway has no such path', async () => {
  await server.close()
  server = await openCameraPushServer(common)
  expect(server.noticeUrl).toBe(null)
  const at = new URL('/pay/notify', server.url('entry'))
  expect((await fetch(at, { method: 'POST', body: '{}' })).status).toBe(404)
})

it('a source that is not on the list is cut off before it speaks', async () => {
  await server.close()
  server = await openCameraPushServer({
    ...common,
    allow: ['192.0.2.1'],
    onNotice: (notice) => (notices.push(notice), true),
  })
  await expect(post()).rejects.toThrow('fetch failed')
  expect([notices, server.refused.sources]).toEqual([[], 1])
})
