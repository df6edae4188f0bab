// The answers of commands with `--json`, by members and types: of a stopped lot, of files, and of the harness. For a
// command that needs a running lot its refusal is pinned; the output of processes is in processes.test.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { flagsOf } from '#base/desk/commands/acts.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { commands } from '../../firmware-runtime/commands.ts'
import { answerOf } from './commands.ts'
import { commandLot, lotDayMs, smallTrace } from './command-lot.ts'
import { pin } from './pin.ts'
import { shapeOf } from './shape.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-pins-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const at = (name: string): string => join(dir, name)
const loaded = new Map(
  await Promise.all(commands.map(async ({ name, load }) => [name, await load()] as const)),
)

beforeAll(() => {
  // Reports and days without a date refer to the day of the cars.
  vi.useFakeTimers({ toFake: ['Date'], now: lotDayMs + 3_600_000 })
  commandLot(at('lot'))
  smallTrace(at('trace.csv'))
  writeFileSync(at('tariff.json'), JSON.stringify(demoTariff))
  writeFileSync(at('members.csv'), 'no,kind\n')
})

async function said(args: readonly string[]): Promise<unknown> {
  const [name = '', ...rest] = args
  const command = loaded.get(name)
  if (command === undefined) return 'no such command'
  const answer = (await answerOf(command, rest)) as {
    refused?: string
    exit?: number
    out?: unknown
  }
  if (answer.refused !== undefined) return answer.refused
  return { exit: answer.exit, ...shapeOf(answer.out) }
}

/** Left out: commands that describe this machine, or that do not end. */
const apart =
  /^(centre|install|run|queue drain|doctor|lot init|lot schema|profile import|backup now|backup test|ledger backup|platform csr|platform rotate|coupons export|members export)\b/

/** Usage lines that need a lot and nothing else. */
const ofLot = [...loaded.values()]
  .flatMap(({ usage }) => usage)
  .filter((line) => {
    const needed = [...flagsOf(line)].filter(([, { isNeeded }]) => isNeeded)
    const words = /^[a-z-]+(?: [a-z][a-z-]*)*(?= --data)/.exec(line)
    return needed.map(([name]) => name).join() === 'data' && words !== null && !apart.test(line)
  })
  .map((line) => /^[a-z-]+(?: [a-z][a-z-]*)*(?= --data)/.exec(line)?.[0] ?? '')

const lot = ['--data', at('lot')]
const span = ['--from', '2026-03-02T08:00:00+08:00', '--to', '2026-03-02T11:00:00+08:00']
const exact: readonly (readonly string[])[] = [
  ...['stay', 'deduction', 'payment', 'refund', 'event'].map((kind) => [
    'ledger',
    'query',
    ...lot,
    '--kind',
    kind,
  ]),
  ['ledger', 'query', ...lot, '--kind', 'refund', '--newest', '--limit', '1'],
  ['ledger', 'verify', ...lot],
  ['ledger', 'export', ...lot],
  ['lot', 'show', ...lot, '--at', '2025-03-03T09:00:00+08:00'],
  ['day', 'show', ...lot, '--day', '2025-03-03'],
  ['events', ...lot, '--since', '3'],
  ['explain', 'show', ...lot, '--stay', 's1'],
  ['receipt', 'day', ...lot, '--day', '20250303'],
  ['receipt', 'verify', 'no receipt', ...lot],
  ['points', 'statement', ...lot, '--no', 'P1'],
  ['report', 'day', ...lot, '--from', '2025-03-03', '--to', '2025-03-03'],
  ['members', 'import', ...lot, '--file', at('members.csv')],
  ['tariff', 'check', '--file', at('tariff.json')],
  ['tariff', 'price', '--file', at('tariff.json'), ...span],
  ['tariff', 'replay', ...lot, '--file', at('tariff.json')],
  ['rsu', 'decode', '--variant', 'generic-ver', 'FFFF00B000FF'],
  ['profile', 'verify', 'device-profiles/rsu/generic/generic-ver.json'],
  ['profile', 'show', 'rsu/generic/generic-ver'],
  ['platform', 'compare', '--from', '45', '--to', '21'],
  [
    'survey',
    'predict',
    '--at',
    '0,0',
    '--height',
    '5500',
    '--down',
    '45',
    '--yaw',
    '0',
    '--eirp',
    '30',
  ],
  ['replay', '--trace', at('trace.csv'), '--data', at('replay')],
  ['sim', '--seed', '3', '--lots', '1', '--days', '1'],
  ['lane', 'open', ...lot, '--lane', 'exit', '--by', '王', '--reason', 'x'],
  ['lane', 'settle', ...lot, '--lane', 'exit', '--by', '王', '--reason', 'x'],
  ['lane', 'open', ...lot, '--lane', 'exit', '--by', '王'],
]
const nameOf = (args: readonly string[]): string =>
  args
    .filter((one, i) => one !== '--data' && args[i - 1] !== '--data')
    .map((one) => one.replaceAll(`${dir}/`, ''))
    .join('_')

it('a lot that stands still answers with the members that it did', async () => {
  expect(ofLot.length).toBeGreaterThan(20)
  const found: Record<string, unknown> = {}
  for (const line of ofLot)
    found[line.replaceAll(' ', '_')] = await said([...line.split(' '), ...lot])
  pin(new URL('./kept/commands-lot.txt', import.meta.url), found)
})

it('what is asked of records, files and the harness is answered as it was', async () => {
  const found: Record<string, unknown> = {}
  for (const args of exact) found[nameOf(args)] = await said(args)
  pin(new URL('./kept/commands.txt', import.meta.url), found)
})
