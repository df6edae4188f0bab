// `etc-lane tariff`: exact JSON of contract.md section 3, exit codes, and what is refused.
// Files lie in a temporary folder that is removed.
import { atRest } from '#runtime/host/at-rest.ts'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { versionOne } from '../../pure/billing/version-1.ts'
import { faultJson } from '#base/pure/faults/faults.ts'
import { readText } from '#base/process/read-file.ts'
import { tariffCommand } from '#money/desk/commands/tariff.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-tariff-')
let file = ''

beforeAll(() => {
  file = join(folder, 'tariff.json')
  writeFileSync(file, JSON.stringify(demoTariff))
})

async function run(args: readonly string[], json = true): Promise<string> {
  let stdout = ''
  const io = {
    stdout: (text: string) => void (stdout += text),
    stderr: () => expect.fail('nothing to complain about'),
    onStop: () => expect.fail('not a long run'),
    atRest,
    json,
  }
  expect(await tariffCommand.run(args, io)).toBe(0)
  return stdout
}

const refusalOf = (args: readonly string[]) => laterFault(run(args))

const stay = ['--from', '2026-11-20T10:00:00+08:00', '--to', '2026-11-20T04:30:00Z']

test('prices a stay with the members of the contract', async () => {
  const stdout = await run(['price', '--file', file, ...stay])
  expect(JSON.parse(stdout)).toEqual({
    amountFen: 700,
    lines: [
      {
        fromIso: '2026-11-20T10:00:00.000+08:00',
        toIso: '2026-11-20T11:00:00.000+08:00',
        rule: 'first',
        amountFen: 300,
        text: '首时段 60 分钟',
        textEn: 'First 60 min',
      },
      {
        fromIso: '2026-11-20T11:00:00.000+08:00',
        toIso: '2026-11-20T12:30:00.000+08:00',
        rule: 'next',
        amountFen: 400,
        text: '续时段 60 分钟 × 2',
        textEn: 'Further 60 min × 2',
      },
    ],
  })
})

test('a vehicle class pays its own rules; without --json a person can read it', async () => {
  const stdout = await run(['price', '--file', file, ...stay, '--class', '2'], false)
  expect(stdout).toContain('首时段 60 分钟')
  expect(stdout.trimEnd().endsWith('¥ 14.00')).toBe(true)
})

test('colour and area find the plan; days writes a new file and never over one', async () => {
  const [edition] = demoTariff.editions
  const common = edition?.plans.at(-1)
  const own = {
    ...demoTariff,
    editions: [
      {
        ...edition,
        plans: [{ ...common, when: { newEnergy: true, areas: ['B1'] }, freeMin: 600 }, common],
      },
    ],
  }
  const withArea = join(folder, 'withArea.json')
  writeFileSync(withArea, JSON.stringify(own))
  const fenOf = async (...more: string[]): Promise<unknown> =>
    JSON.parse(await run(['price', '--file', withArea, ...stay, ...more]))
  expect(await fenOf('--colour', 'green', '--area', 'B1')).toMatchObject({ amountFen: 0 })
  expect(await fenOf('--colour', 'blue', '--area', 'B1')).toMatchObject({ amountFen: 700 })
  expect(await fenOf()).toMatchObject({ amountFen: 700 })
  const calendar = join(folder, 'days.csv')
  const rest = [0xd0, 0xdd]
  // In GB 18030, as spreadsheets in China save it.
  writeFileSync(calendar, Buffer.from([...Buffer.from('2026-10-01,'), ...rest, 13, 10]))
  const to = join(folder, 'with-days.json')
  const args = ['days', '--file', file, '--days', calendar, '--to', to]
  expect(JSON.parse(await run(args))).toEqual({ ok: true, file: to, added: 1, removed: 0 })
  const { days } = JSON.parse(readText(to)) as { days: unknown }
  expect(days).toEqual({ holidays: ['2026-10-01'], workdays: [] })
  expect((await refusalOf(args)).code).toBe('FILE-03')
  writeFileSync(calendar, '')
  const empty = await refusalOf(args)
  expect(empty.code).toBe('TARIFF-01')
  expect(faultJson(empty).error).toMatchObject({ field: '/days', file: calendar })
})

test('plots the curve as a table and as a picture, and refuses another end of the name', async () => {
  const from = ['--file', file, '--from', '2026-11-20T10:00:00+08:00', '--minutes', '120']
  const out = (end: string): string => join(folder, `curve.${end}`)
  for (const end of ['csv', 'svg'])
    await run(['plot', ...from, '--before', file, '--out', out(end)])
  const rows = readFileSync(out('csv'), 'utf8').split('\r\n')
  const { amountFen } = JSON.parse(
    await run(['price', ...from.slice(0, 4), '--to', '2026-11-20T12:00:00+08:00']),
  ) as { readonly amountFen: number }
  const yuan = (amountFen / 100).toFixed(2)
  expect(rows.at(-2)).toBe(`120,${yuan},${yuan}`)
  expect(readFileSync(out('svg'), 'utf8')).toMatch(/^<svg /)
  expect(await refusalOf(['plot', ...from, '--out', out('png')])).toMatchObject({ code: 'ARG-01' })
  expect(await refusalOf(['plot', ...from, '--minutes', '0', '--out', out('svg')])).toMatchObject({
    code: 'ARG-01',
  })
})

test('check says ok and names warnings', async () => {
  const odd = join(folder, 'odd.json')
  writeFileSync(odd, JSON.stringify({ ...versionOne, dailyCapFen: 100 }))
  expect(JSON.parse(await run(['check', '--file', file]))).toMatchObject({
    ok: true,
    id: 'demo-small-lot',
    warnings: [],
  })
  const stdout = await run(['check', '--file', odd])
  expect(JSON.parse(stdout)).toMatchObject({ warnings: [{ field: '/dailyCapFen', value: '100' }] })
  expect(await run(['check', '--file', odd], false)).toContain('/dailyCapFen 100')
})

test('schema prints a JSON Schema', async () => {
  const stdout = await run(['schema'])
  expect(JSON.parse(stdout)).toMatchObject({ title: 'Tariff of a car park' })
})

const f = '<file>'
const refused: [string, string[], string, string | undefined, string | undefined][] = [
  ['no act', [], 'ARG-01', 'tariff', ''],
  ['unknown act', ['cost'], 'ARG-01', 'tariff', 'cost'],
  ['an act of Object', ['constructor'], 'ARG-01', 'tariff', 'constructor'],
  ['one word too many', ['check', 'x', '--file', f], 'ARG-01', 'tariff', 'x'],
  ['unknown option', ['check', '--fiel', f], 'ARG-01', undefined, undefined],
  ['no file', ['check'], 'ARG-01', '--file', undefined],
  ['a file that is not there', ['check', '--file', '<none>'], 'FILE-01', undefined, undefined],
  ['a folder', ['check', '--file', '<folder>'], 'FILE-01', undefined, undefined],
  [
    'no time',
    ['price', '--file', f, '--from', '2026-11-20T10:00:00Z'],
    'ARG-01',
    '--to',
    undefined,
  ],
  [
    'a day that is none (T11)',
    ['price', '--file', f, '--from', '2026-02-30T10:00:00Z', '--to', '2026-03-03T10:00:00Z'],
    'ARG-01',
    '--from',
    '2026-02-30T10:00:00Z',
  ],
  [
    'a time without area',
    ['price', '--file', f, '--from', '2026-02-20T10:00:00', '--to', '2026-03-03T10:00:00Z'],
    'ARG-01',
    '--from',
    '2026-02-20T10:00:00',
  ],
  [
    'end before start (T05)',
    ['price', '--file', f, '--from', '2026-02-20T10:00:00Z', '--to', '2026-02-20T09:00:00Z'],
    'TARIFF-02',
    '/to',
    '2026-02-20T17:00:00.000+08:00',
  ],
  ['class 0', ['price', '--file', f, ...stay, '--class', '0'], 'ARG-01', '--class', '0'],
  ['class 1e1', ['price', '--file', f, ...stay, '--class', '1e1'], 'ARG-01', '--class', '1e1'],
]

test.each(refused)('refuses %s', async (_name, args, code, field, value) => {
  const real = new Map([
    [f, file],
    ['<none>', join(folder, 'none')],
    ['<folder>', folder],
  ])
  const fault = await refusalOf(args.map((a) => real.get(a) ?? a))
  expect(fault.code).toBe(code)
  expect(fault.detail.field).toBe(field)
  expect(fault.detail.value).toBe(value)
})

test('a wrong tariff is refused with file, field, value and what to do', async () => {
  const wrong = join(folder, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ ...versionOne, firstFen: 2.5 }))
  const { error } = faultJson(await refusalOf(['check', '--file', wrong]))
  expect(error).toMatchObject({ code: 'TARIFF-01', file: wrong, field: '/firstFen', value: '2.5' })
  expect(error.todo).not.toBe('')
})

test.skipIf(!existsSync('/dev/zero'))('a file without end is refused, not read', async () => {
  expect((await refusalOf(['check', '--file', '/dev/zero'])).code).toBe('FILE-01')
  expect(() => readText('/dev/zero')).toThrow(/^FILE-01 /)
  const long = join(folder, 'long')
  writeFileSync(long, 'x'.repeat(11))
  expect(readText(long, 11)).toHaveLength(11)
  expect(() => readText(long, 10)).toThrow(/^FILE-01 /)
})
