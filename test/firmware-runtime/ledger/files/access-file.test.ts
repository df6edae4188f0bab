// The log of platform accesses: searched by interface, time and account across days, newest first. A truncated line is
// skipped, and files of days older than a year and a month are deleted.
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { AccessFile, readAccess, thinned } from '#ledger/files/access-file.ts'
import { interfaceOf } from '#ledger/http/signed-platform.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir: string
let folder: string
beforeEach(() => {
  dir = folderOfTest('access-file-')
  folder = join(dir, 'logs', 'access')
})

const noon = instantOf(2026, 3, 10, dayMs / 2)
const all = { interfaceId: null, account: null, from: null, to: null, limit: 100 }
const ok = { status: 200, respCode: '100000', requestId: 'R' }

async function written(...rows: (readonly [number, string, string])[]): Promise<void> {
  const log = new AccessFile(dir)
  for (const [atMs, account, interfaceId] of rows) log.add({ atMs, account, interfaceId, ...ok })
  await log.close()
}
const found = (over: Partial<typeof all> | Record<string, string | number>): readonly string[] =>
  readAccess(dir, { ...all, ...over }).map(({ atIso, account, interfaceId }) =>
    [atIso.slice(8, 10), account, interfaceId].join(' '),
  )

it('is searched by interface, account and day, the newest first', async () => {
  await written([noon - dayMs, 'GX1', 'charge'], [noon, 'GX1', 'list'], [noon + 1, 'GX2', 'charge'])
  await written([noon + 2, 'GX1', 'charge'])
  expect(found({})).toEqual(['10 GX1 charge', '10 GX2 charge', '10 GX1 list', '09 GX1 charge'])
  expect(found({ interfaceId: 'charge', account: 'GX1' })).toEqual([
    '10 GX1 charge',
    '09 GX1 charge',
  ])
  expect(found({ to: '2026-03-09' })).toEqual(['09 GX1 charge'])
  expect(found({ from: '2026-03-10', limit: 2 })).toHaveLength(2)
  expect(found({ from: '2026-03-11' })).toEqual([])
})

it('a line that a power cut left half is none, and the next one is whole', async () => {
  await written([noon, 'GX1', 'charge'])
  appendFileSync(join(folder, '2026-03-10.jsonl'), '\n{"atIso":"2026-03-10T1')
  await written([noon, 'GX1', 'list'])
  expect(found({})).toEqual(['10 GX1 list', '10 GX1 charge'])
})

it('keeps a year and a month', async () => {
  mkdirSync(folder, { recursive: true })
  for (const name of ['2025-02-06.jsonl', '2025-02-07.jsonl', 'notes.txt'])
    writeFileSync(join(folder, name), '')
  await written([noon, 'GX1', 'charge'])
  expect(readdirSync(folder)).toEqual(['2025-02-07.jsonl', '2026-03-10.jsonl', 'notes.txt'])
})

it('a disk that takes nothing keeps nobody waiting', async () => {
  writeFileSync(join(dir, 'logs'), 'a file where the folder should be')
  await written([noon, 'GX1', 'charge'])
  rmSync(join(dir, 'logs'))
  expect(found({})).toEqual([])
})

it.each([
  ['POST', '/v1/etc/exit-charges', 'charge'],
  ['GET', '/v1/etc/exit-charges/P1', 'chargeQuery'],
  ['GET', '/v1/status-list?since=0', 'list'],
  ['POST', '/v1/status-list/check', 'listCheck'],
  ['PUT', '/v1/other/1', 'PUT /v1/other/1'],
] as const)('%s %s is %s', (method, path, id) => {
  expect(interfaceOf(guangxi, { method, path })).toBe(id)
})

it('of heartbeats that were taken one a lane and hour is kept, of those that were refused each and the next that was taken', () => {
  const kept: string[] = []
  const keep = thinned(({ atMs, interfaceId, status }) =>
    kept.push(`${(atMs - noon) / 60_000} ${interfaceId} ${status}`),
  )
  const at = (minute: number, interfaceId: string, status: number): void =>
    keep({ atMs: noon + minute * 60_000, account: 'GX1', interfaceId, ...ok, status })
  for (const minute of [0, 1, 59, 60, 61]) at(minute, 'monitor', 200)
  for (const minute of [62, 63]) at(minute, 'monitor', 403)
  for (const minute of [64, 65]) at(minute, 'monitor', 200)
  for (const minute of [64, 65]) at(minute, 'charge', 200)
  expect(kept).toEqual([
    '0 monitor 200',
    '60 monitor 200',
    '62 monitor 403',
    '63 monitor 403',
    '64 monitor 200',
    '64 charge 200',
    '65 charge 200',
  ])
  kept.length = 0
  const minutes = [0, 1, 2].map((minute) => noon + minute * 60_000)
  for (const atMs of minutes)
    keep({ atMs, account: 'GX1', interfaceId: 'monitor', ...ok, isRefused: true })
  expect(kept).toHaveLength(3)
  kept.length = 0
  for (const laneId of ['entry', 'exit', 'exit'])
    keep({ atMs: noon, account: 'GX1', interfaceId: 'monitor', ...ok, status: 200, laneId })
  expect(kept).toHaveLength(2)
})
