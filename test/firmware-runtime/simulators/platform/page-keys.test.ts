// Keys of the administration side: a candidate's key opens its own log, records, reconciliation and joint test and no other
// route; that of finance the records and the judgement of refunds; the operator's all but that; and without a key only the
// page opens.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openPageKeys } from '#simulators/platform/page-keys.ts'
import type { PageKeys } from '#simulators/platform/page-keys.ts'
import { objectOf } from './rig.ts'
import { startPlatform, simFolder } from './sim-process.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('page-keys-')))
const folder = simFolder()

const opened = (): PageKeys => openPageKeys(dir, () => ['SBONE', 'SBTWO'])
const routes = {
  'GET /': () => 'page',
  'GET /state': () => 'all',
  'GET /books': ({ query }: { query: URLSearchParams }) => query.get('appId'),
  'GET /exchanges/:id': ({ id }: { id: string }) => ({ seq: 1, appId: id }),
  'POST /faults': () => 'set',
  'POST /refund-reviews': () => 'judged',
}

async function ask(keys: PageKeys, name: string, key: string, more: object = {}) {
  const request = { id: '', query: new URLSearchParams(), key, body: undefined, ...more }
  const answer: unknown = await keys.guarded(routes)[name]?.(request)
  return answer
}
const refused = { code: 'ARG-01', detail: { field: 'authorization' } }

const keyIn = (office: string): string => readFileSync(join(dir, `${office}.key`), 'utf8').trim()

/** The routes that the key opens. */
async function openedBy(keys: PageKeys, key: string): Promise<readonly string[]> {
  const all = Object.keys(routes).map(async (name) => {
    const isOpen = await ask(keys, name, key, { id: 'SBONE' }).then(
      () => true,
      () => false,
    )
    return isOpen ? [name] : []
  })
  return (await Promise.all(all)).flat()
}

test('each key opens what its office needs, and no route more', async () => {
  const keys = opened()
  const all = Object.keys(routes)
  expect(await openedBy(keys, keyIn('operator'))).toEqual(
    all.filter((name) => name !== 'POST /refund-reviews'),
  )
  expect(await openedBy(keys, keyIn('finance'))).toEqual([
    'GET /',
    'GET /books',
    'POST /refund-reviews',
  ])
  expect(await openedBy(keys, keys.keyOf('SBONE'))).toEqual([
    'GET /',
    'GET /books',
    'GET /exchanges/:id',
  ])
  expect(await ask(keys, 'GET /whoami', keyIn('finance'))).toEqual({ role: 'finance' })
})

test('no key, and one that nobody has, open the page alone', async () => {
  const keys = opened()
  const operator = keyIn('operator')
  for (const key of ['', 'X', operator.toLowerCase(), keys.keyOf('SBGONE')]) {
    expect(await ask(keys, 'GET /', key)).toBe('page')
    expect(await ask(keys, 'GET /whoami', key)).toEqual({ role: 'nobody' })
    for (const name of Object.keys(routes).slice(1))
      await expect(ask(keys, name, key)).rejects.toMatchObject(refused)
  }
})

test('the key of a candidate opens what is its own, whatever it asks for; and stays after a restart', async () => {
  const key = opened().keyOf('SBONE')
  const keys = opened()
  expect(keys.keyOf('SBONE')).toBe(key)
  expect(keys.keyOf('SBTWO')).not.toBe(key)
  expect(await ask(keys, 'GET /whoami', key)).toEqual({ role: 'candidate', appId: 'SBONE' })
  const query = new URLSearchParams('appId=SBTWO')
  expect(await ask(keys, 'GET /books', key, { query })).toBe('SBONE')
  expect(await ask(keys, 'GET /exchanges/:id', key, { id: 'SBONE' })).toMatchObject({ seq: 1 })
  await expect(ask(keys, 'GET /exchanges/:id', key, { id: 'SBTWO' })).rejects.toMatchObject(refused)
  for (const name of ['GET /state', 'POST /faults'])
    await expect(ask(keys, name, key)).rejects.toMatchObject(refused)
})

test('the program asks for one with --keys, and gives a candidate its own among its files', async () => {
  const words = ['--books', join(folder(), 'books'), '--certs', join(folder(), 'certs')]
  const sim = await startPlatform(...words, '--keys')
  const ask = async (path: string, key: string, body?: object) => {
    const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const headers = { authorization: `Bearer ${key}` }
    const got = await fetch(`${sim.adminUrl}${path}`, { ...request, headers })
    return { status: got.status, json: objectOf(await got.json()) }
  }
  const operator = readFileSync(join(folder(), 'certs', 'operator.key'), 'utf8').trim()
  expect(await sim.admin('GET', '/state')).toMatchObject({ status: 400 })
  expect([(await ask('/state', operator)).status, (await ask('/state', 'X')).status]).toEqual([
    200, 400,
  ])
  const form = { format: 'etc-application', lotId: 'ONE', name: 'ONE', district: 'D' }
  const more = { qualification: 'Q', contact: 'C', lanes: [{ id: 'exit' }], use: 'test' }
  const { id } = (await ask('/applications', operator, { ...form, ...more })).json
  for (const by of ['A', 'B']) await ask('/reviews', operator, { id, verdict: 'pass', by })
  const { files } = (await ask(`/applications/${String(id)}`, operator)).json
  const key = String(objectOf(files)['page.key']).trim()
  expect((await ask('/whoami', key)).json).toEqual({ role: 'candidate', appId: 'SBONE' })
  expect((await ask('/joint-tests', key)).json).toEqual({ tests: [] })
})
