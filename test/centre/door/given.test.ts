// GET /v1/rows over HTTPS: to whom rows are given back, which ones, and that they are those that were sent.
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  openScene,
  ownSigned,
  sent,
  serialOf,
  type Answer,
  type Lot,
  type Scene,
} from './door-kit.ts'
import { firstPrev, type Batch } from './row-kit.ts'

let scene: Scene
let lot: Lot
let other: Lot
let batches: Batch[]
beforeAll(async () => {
  scene = await openScene()
  lot = await scene.lot('A1')
  other = await scene.lot('B2')
  batches = [await lot.sendNext(3), await lot.sendNext(2)]
  await other.sendNext(1)
})
afterAll(() => scene.close())
afterEach(() => expect(scene.failures).toEqual([]))

const asked = (of: Lot, query: string): Promise<Answer> =>
  sent(scene.door.url, of.agent, { method: 'GET', path: `/v1/rows${query}` })

it.each([
  [1, 0, [1, 3], firstPrev],
  [3, 0, [1, 3], firstPrev],
  [4, 1, [4, 5], null],
  [5, 1, [4, 5], null],
] as const)(
  'from row %i: the whole batch that has it',
  async (from, at, [fromSeq, toSeq], prev) => {
    const { status, body } = await asked(lot, `?node=n1&from=${from}`)
    const [batch, before] = [batches[at], batches[at - 1]]
    const { rows, signature, certificate } = body as unknown as Record<string, string>
    expect([status, body]).toMatchObject([
      200,
      {
        fromSeq,
        toSeq,
        prev: prev ?? before?.head,
        head: batch?.head,
        serial: lot.signing.certSerial,
      },
    ])
    expect(signature?.toUpperCase()).toBe(batch?.headers['etc-signature'])
    expect(Buffer.from(rows ?? '', 'base64')).toEqual(batch?.body)
    const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`
    expect(serialOf(pem)).toBe(lot.signing.certSerial)
    expect(gunzipSync(Buffer.from(rows ?? '', 'base64'))).toEqual(batch?.plain)
  },
)

it.each([
  ['behind the last row', '?node=n1&from=6', 404, () => ({ last: 5, head: batches[1]?.head })],
  ['of a node without rows', '?node=n2&from=1', 404, () => ({ last: 0, head: firstPrev })],
  ['from row 0', '?node=n1&from=0', 400, () => ({ field: 'from', value: '0' })],
  ['from a word', '?node=n1&from=x', 400, () => ({ field: 'from', value: 'x' })],
  [
    'from a row too far',
    '?node=n1&from=9999999999999999',
    400,
    () => ({ field: 'from', value: '10000000000000000' }),
  ],
  ['from two rows', '?node=n1&from=1&from=2', 400, () => ({ field: 'from', value: '' })],
  ['of a name that is none', '?node=N1&from=1', 400, () => ({ field: 'node', value: 'N1' })],
  ['of nothing', '', 400, () => ({ field: 'node', value: '' })],
] as const)('asked for rows %s', async (_, query, status, body) => {
  expect(await asked(lot, query)).toEqual({ status, body: body() })
})

it('gives a lot no rows of another one, and nobody any without a certificate of the authority', async () => {
  const { body } = await asked(other, '?node=n1&from=1')
  expect(body).toMatchObject({ fromSeq: 1, toSeq: 1, serial: other.signing.certSerial })
  expect((await asked(other, '?node=n1&from=2')).status).toBe(404)
  const path = '/v1/rows?node=n1&from=1'
  const unknown = { status: 401, body: { reason: 'unknown' } }
  for (const agent of [scene.anybody, scene.agent(ownSigned())])
    expect(await sent(scene.door.url, agent, { method: 'GET', path })).toEqual(unknown)
})

it('refuses a key that was revoked, and tells the desk', async () => {
  const revoked = 'UPDATE desk.lot_key SET revoked_at = now() WHERE serial = $1'
  const late = await scene.lot('D4')
  await scene.centre.owner(revoked, [serialOf(late.tlsCertificate)])
  expect(await asked(late, '?node=n1&from=1')).toEqual({ status: 401, body: { reason: 'revoked' } })
  expect(await scene.matters('keyRevoked')).toMatchObject([{ lot_id: 'D4' }])
})
