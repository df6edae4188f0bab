// `etc-lane report` on a folder without a running program: each kind as JSON, and files read back by other programs.
// An unfinished day is marked in the answer; an impossible request is refused by name, and no file is overwritten.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { reportCommand } from '#runtime/commands/report.ts'
import { reportKinds } from '#base/pure/values/report-kinds.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import { randomDays } from '../../money/desk/report/random-days.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { runCommand } from '../../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-report-')
const fromMs = instantOf(2026, 11, 18)
const takenFen = { count: 0, amountFen: 0 }

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: fromMs + 2 * dayMs - 1 })
  const none = new Map<string, string>()
  const platform = { url: 'https://127.0.0.1:1', caFile: 'ca.pem', certDir: dir, appId: 'T1' }
  const links = { rsu: none, camera: none, barrier: none }
  const money = { mode: 'demo', charge: 'card', offline: 'other-payment' } as const
  writeLot(dir, lotOf({ ...money, ...links, layout: '7.1.1', capacity: 10, platform }), null)
  const options = { dir, nodeId: 'n1', chainKey: chainKeyOf(dir, systemRandom()) }
  const ports = { crypto: openGmCrypto(), version: 'test', durability: 'full' } as const
  const { ledger } = openLedger({ ...options, ...ports })
  for (const row of ledger.append(randomDays(11, fromMs, 2)))
    if (row.kind === 'payment' && !/-T\d/.test(row.orderId ?? '')) {
      takenFen.count++
      takenFen.amountFen += row.amountFen ?? 0
    }
  ledger.close()
})
afterAll(() => {
  vi.useRealTimers()
})

interface Said {
  readonly isOpen: boolean
  readonly notices: readonly string[]
  readonly head: { readonly seq: number; readonly hash: string }
  readonly tables?: readonly { readonly total: readonly unknown[] | null }[]
}

async function run(...args: string[]): Promise<Said> {
  const { json } = await runCommand(reportCommand, [...args, '--data', dir])
  return json as unknown as Said
}
const both = ['--from', '2026-11-18', '--to', '2026-11-19'] as const

it.each(reportKinds)('makes the report %s', async (kind) => {
  const { tables = [], head } = await run(kind, ...both)
  expect(head.seq).toBeGreaterThan(100)
  expect(head.hash).toMatch(/^(?!0{64})[0-9a-f]{64}$/)
  const said = tables.flatMap(({ total }) => total ?? [])
  // A shift report covers only shifts; a report of exceptions has no amounts.
  if (kind !== 'shift' && kind !== 'exceptions') expect(said).toContain(takenFen.amountFen)
})

it('says of a day that runs that it is open, and of one that is over what was left undone', async () => {
  const today = await run('day', '--language', 'en')
  expect(today.isOpen).toBe(true)
  expect(today.notices).toContain('Not finished: more payments will follow')
  const before = await run('day', '--from', '2026-11-18', '--language', 'en')
  expect(before.notices).not.toContain('Not finished: more payments will follow')
})

it.each([
  ['csv', (file: string) => readFileSync(file, 'utf8')],
  ['xlsx', (file: string) => execFileSync('unzip', ['-p', file], { encoding: 'utf8' })],
  [
    'pdf',
    (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }),
  ],
] as const)('writes %s once, and never over another file', async (format, textOf) => {
  const file = join(dir, `month.${format}`)
  const said = await run('month', ...both, '--format', format, '--out', file)
  expect(textOf(file)).toContain(said.head.hash)
  const again = run('month', ...both, '--format', format, '--out', file)
  await expect(again).rejects.toMatchObject({ code: 'FILE-03' })
})

it.each([
  [['day', '--from', '2026-02-30'], '/from'],
  [['day', '--from', '2026-11-19', '--to', '2026-11-18'], '/to'],
  [['month', '--from', '2020-01-01', '--to', '2026-11-18'], '/to'],
  [['day', '--format', 'csv'], '--out'],
])('refuses %j at %s', async (args, field) => {
  const refusal = { code: 'ARG-01', detail: { field } }
  await expect(run(...args)).rejects.toMatchObject(refusal)
  expect(existsSync(join(dir, 'undefined'))).toBe(false)
})
