// Keys of the administration side: a candidate's opens its own log, books, reconciliation and joint test and no route more, the
// operator's all of them, and none nothing but the page. Every route that there is was asked with each of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openPageKeys } from '../../../../firmware-runtime/simulators/platform/page-keys.ts'
import type { PageKeys } from '../../../../firmware-runtime/simulators/platform/page-keys.ts'
import { objectOf } from './rig.ts'
import { startPlatform, simFolder } from './sim-process.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'page-keys-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))
const folder = simFolder()

const opened = (): PageKeys => openPageKeys(dir, () => ['SBONE', 'SBTWO'])
const routes = {
  'GET /': () => 'page',
  'GET /state': () => 'all',
  'GET /books': ({ query }: { query: URLSearchParams }) => query.get('appId'),
  'GET /exchanges/:id': ({ id }: { id: string }) => ({ seq: 1, appId: id }),
  'POST /faults': () => 'set',
}

async function ask(keys: PageKeys, name: string, key: string, more: object = {}) {
  const request = { id: '', query: new URLSearchParams(), key, body: undefined, ...more }
  const answer: unknown = await keys.guarded(routes)[name]?.(request)
  return answer
}
const refused = { code: 'ARG-01', detail: { field: 'authorization' } }

test('the key of the operator opens all, none opens the page alone', async () => {
  const keys = opened()
  const operator = readFileSync(join(dir, 'operator.key'), 'utf8').trim()
  for (const name of Object.keys(routes)) await ask(keys, name, operator)
  expect(await ask(keys, 'GET /state', operator)).toBe('all')
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
