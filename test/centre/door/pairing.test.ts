// Pairing over HTTPS with a person at the desk: accepted, refused, ended, too many, and what does not fit.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { revokeLot } from '../../../centre/pairing/decide.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { askedPairing, lotKeys, openScene, sent, type LotKeys, type Scene } from './door-kit.ts'

let scene: Scene
let keys: LotKeys
let others: LotKeys
beforeAll(async () => {
  scene = await openScene()
  keys = lotKeys('A1')
  others = lotKeys('B2')
})
afterAll(() => scene.close())
beforeEach(async () => {
  scene.time.laterMs = 0
  await scene.centre.owner('DELETE FROM desk.pairing')
})

/** Asks and shows its secret. */
async function revealed(lotId = 'A1', own = keys): Promise<string> {
  const { answer, secret } = await askedPairing(scene, lotId, own)
  expect(answer.status).toBe(201)
  const { pairingId } = answer.body
  const shown = await scene.post(`/v1/pairings/${pairingId}/secret`, { secret })
  expect(shown).toEqual({ status: 200, body: { state: 'pending' } })
  return pairingId
}

const state = async (pairingId: string): Promise<unknown> =>
  (await scene.get(`/v1/pairings/${pairingId}`)).body.state

it('gives a lot its certificates once a person accepts, and openssl verifies them', async () => {
  const pairingId = await revealed()
  expect(await scene.get(`/v1/pairings/${pairingId}`)).toEqual({
    status: 200,
    body: { state: 'pending' },
  })
  await scene.decide(pairingId, true)
  const { body } = await scene.get(`/v1/pairings/${pairingId}`)
  expect(body.state).toBe('accepted')
  const ca = join(scene.dir, 'authority', 'authority.pem')
  for (const name of ['tlsCertificate', 'signCertificate'] as const) {
    const file = join(scene.dir, `${name}.pem`)
    writeFileSync(file, body[name])
    const text = execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', ca, file])
    expect(text.toString()).toBe(`${file}: OK\n`)
  }
  const { rows } = await scene.centre.owner(
    "SELECT name, state, (SELECT count(*)::int FROM desk.lot_key WHERE lot_id = 'A1') AS keys FROM centre.lot",
  )
  expect(rows).toEqual([{ name: { zh: '停车场A1', en: 'Lot A1' }, state: 'active', keys: 2 }])
  await expect(scene.decide(pairingId, true)).rejects.toMatchObject({ code: 'CENTRE-22' })
})

it('shows one set of valid keys of a lot', async () => {
  for (const id of [await revealed(), await revealed()]) await scene.decide(id, true)
  const { rows } = await scene.centre.owner(
    `SELECT use, count(*) FILTER (WHERE revoked_at IS NULL)::int AS valid FROM desk.lot_key
     WHERE lot_id = 'A1' GROUP BY use ORDER BY use`,
  )
  expect(rows).toEqual([
    { use: 'sign', valid: 1 },
    { use: 'tls', valid: 1 },
  ])
  const revoke = () =>
    scene.atDesk((db) => revokeLot(db, { lotId: 'A1', nowMs: Date.now(), person: 'of *' }))
  expect([await revoke(), await revoke()]).toEqual([2, 0])
})

it('gives nothing after a refusal', async () => {
  const pairingId = await revealed()
  await scene.decide(pairingId, false)
  expect(await scene.get(`/v1/pairings/${pairingId}`)).toEqual({
    status: 200,
    body: { state: 'refused' },
  })
  await expect(scene.decide(pairingId, true)).rejects.toMatchObject({ code: 'CENTRE-22' })
})

it('ends a request after 24 hours', async () => {
  const pairingId = await revealed()
  scene.time.laterMs = dayMs - 60_000
  expect(await state(pairingId)).toBe('pending')
  scene.time.laterMs = dayMs
  expect(await state(pairingId)).toBe('expired')
  await expect(scene.decide(pairingId, true)).rejects.toMatchObject({ code: 'CENTRE-22' })
})

it('is decided by nobody before the lot showed its secret, and takes no other secret', async () => {
  const { answer, secret } = await askedPairing(scene, 'A1', keys)
  const { pairingId } = answer.body
  await expect(scene.decide(pairingId, true)).rejects.toMatchObject({ code: 'CENTRE-22' })
  const path = `/v1/pairings/${pairingId}/secret`
  const wrong = 'ab'.repeat(32)
  expect(await scene.post(path, { secret: wrong })).toEqual({
    status: 400,
    body: { field: 'secret', value: wrong },
  })
  for (const body of [{}, { secret: 7 }, { secret: secret.toUpperCase() }, { secret, more: 1 }])
    expect(await scene.post(path, body)).toMatchObject({ status: 400 })
  await expect(scene.decide(pairingId, true)).rejects.toMatchObject({ code: 'CENTRE-22' })
  expect(await scene.post(path, { secret })).toMatchObject({ status: 200 })
  expect(await scene.post(path, { secret })).toMatchObject({ status: 200 })
  await scene.decide(pairingId, true)
})

it.each([
  ['a lot of another shape', { lotId: 'A/1' }, 'lotId'],
  ['no lot', { lotId: undefined }, 'lotId'],
  ['a name that is a text', { name: 'A1' }, 'name'],
  ['a name in one language', { name: { zh: '甲' } }, 'name.en'],
  ['a name of two lines', { name: { zh: '甲\n乙', en: 'A' } }, 'name.zh'],
  ['a name that turns the text', { name: { zh: '甲', en: 'A\u202eB' } }, 'name.en'],
  ['a long name', { name: { zh: '甲'.repeat(81), en: 'A' } }, 'name.zh'],
  ['a short commitment', { commitment: 'ab' }, 'commitment'],
  ['a request that is none', { tlsRequest: 'x' }, 'tlsRequest'],
  ['a request twice', { tlsRequest: () => keys.tlsRequest.repeat(2) }, 'tlsRequest'],
  ['a request of another lot', { tlsRequest: () => others.tlsRequest }, 'tlsRequest'],
  ['the wrong key type for connections', { tlsRequest: () => keys.signRequest }, 'tlsRequest'],
  ['the wrong key type for signatures', { signRequest: () => keys.tlsRequest }, 'signRequest'],
  ['a member that nobody knows', { accept: true }, 'body'],
])('refuses %s', async (_, change, field) => {
  const own = Object.entries(change).map(([name, value]) => [
    name,
    typeof value === 'function' ? value() : value,
  ])
  const { answer } = await askedPairing(scene, 'A1', keys, Object.fromEntries(own))
  expect(answer).toMatchObject({ status: 400, body: { field } })
})

it.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['nothing', ''],
  ['null', 'null'],
])('refuses a body that is %s', async (_, body) => {
  const asked = { path: '/v1/pairings', headers: { 'content-type': 'application/json' }, body }
  const answer = await sent(scene.door.url, scene.anybody, asked)
  expect(answer).toMatchObject({ status: 400, body: {} })
})

it('takes no body over 16 KiB', async () => {
  const { answer } = await askedPairing(scene, 'A1', keys, { more: 'x'.repeat(16 << 10) })
  expect(answer.status).toBe(413)
})

it('knows no other request', async () => {
  expect(await scene.get('/v1/pairings/0')).toEqual({ status: 404, body: {} })
  expect(await scene.post('/v1/pairings/0/secret', { secret: 'ab'.repeat(32) })).toEqual({
    status: 404,
    body: {},
  })
  expect(await scene.get('/v1/lots')).toMatchObject({ status: 404 })
  expect(await scene.get('/')).toMatchObject({ status: 404 })
})

/** As many open requests of lots and addresses of their own, asked so long ago. */
const fill = (count: number, address: string, agoMs = 0, digits = "'000001'") =>
  scene.centre
    .owner(`INSERT INTO desk.pairing (pairing_id, lot_id, name, address, tls_request, sign_request, commitment,
      challenge, digits, state, asked_at)
    SELECT md5(random()::text), 'Z' || n, '{}', ${address}, '', '', '', '', ${digits}, 'pending', now() - interval '${agoMs} ms'
    FROM generate_series(1, ${count}) n`)
const asked = async () => (await askedPairing(scene, 'A1', keys)).answer.status

it('holds at most five open requests of a lot', async () => {
  const all = await Promise.all(Array.from({ length: 7 }, asked))
  expect(all.toSorted()).toEqual([201, 201, 201, 201, 201, 429, 429])
  scene.time.laterMs = dayMs + 1
  expect(await asked()).toBe(201)
})

it('holds a hundred of an address, behind which a fleet may be', async () => {
  await fill(99, "'127.0.0.1'")
  expect([await asked(), await asked()]).toEqual([201, 429])
})

it.each([
  // digits of those that are open, how long ago they asked: is there room for another
  ['shown', "'000001'", 3_600_000, 429],
  ['not shown, a moment ago', 'NULL', 1_000, 429],
  ['not shown for a minute', 'NULL', 61_000, 201],
])('holds three hundred in all whose secret is %s', async (_, digits, agoMs, status) => {
  await fill(300, "'192.0.2.' || n", agoMs, digits)
  expect(await asked()).toBe(status)
  const { rows } = await scene.centre.owner(
    "SELECT count(*)::int AS n FROM desk.pairing WHERE state = 'pending'",
  )
  expect(rows).toEqual([{ n: 300 }])
})
