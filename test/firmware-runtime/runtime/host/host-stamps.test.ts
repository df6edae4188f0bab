// The nightly time stamp of a ledger: once a day, again after a failure, and not for a ledger without a new row.
import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { hostStamps } from '#runtime/host/host-stamps.ts'
import { overriddenIn } from '../../../kit/overridden.ts'
import { exitLot, Folder } from '../../devices/desk/commands/profile/kit.ts'
import { TestTsa } from '../../survey/desk/commands/tsa-kit.ts'

const folder = new Folder()
const tsa = new TestTsa()
let url = ''
beforeAll(async () => {
  url = await tsa.listen()
})
afterAll(() => {
  tsa.close()
  folder.remove()
})

type Tasks = Parameters<typeof hostStamps>[0]['tasks']
type Look = () => unknown

/** The repeated work as the owner of tasks gets it. */
function lookOf(dir: string, stampUrl: string | undefined, nowMs = Date.now): Look | null {
  let look: Look | null = null
  const tasks = {
    every: (_name: string, _pace: unknown, run: Look) => {
      look = run
      return { soon: () => undefined, stop: () => undefined }
    },
  } as unknown as Tasks
  const config = stampUrl === undefined ? {} : { stamps: { url: stampUrl } }
  hostStamps({ dir, config, tasks, nowMs })
  return look
}

it('a lot without a service takes none', () => {
  expect(lookOf(folder.at('none'), undefined)).toBeNull()
})

it('is taken once a day, and only of new rows', async () => {
  const dir = folder.at('lot')
  exitLot(dir)
  overriddenIn(dir, 'acceptance.override A1')
  const look = present(lookOf(dir, url), 'a task')
  const stamps = join(dir, 'stamps')
  await look()
  expect(readdirSync(stamps)).toEqual(['n1-2.der'])
  overriddenIn(dir, 'acceptance.override A2')
  await look()
  expect(readdirSync(stamps)).toEqual(['n1-2.der'])
  const yesterday = new Date(Date.now() - dayMs)
  utimesSync(join(stamps, 'n1-2.der'), yesterday, yesterday)
  tsa.spoilAnswer = () => Buffer.from('<html>')
  await expect(look()).rejects.toMatchObject({ code: 'EVIDENCE-06' })
  tsa.spoilAnswer = (answer) => answer
  await look()
  expect(readdirSync(stamps).toSorted()).toEqual(['n1-2.der', 'n1-3.der'])
  const later = present(
    lookOf(dir, url, () => Date.now() + dayMs),
    'a task',
  )
  await later()
  expect(readdirSync(stamps)).toHaveLength(2)
})
