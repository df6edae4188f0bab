// `etc-lane support` on the folder of a stopped lot: nothing that was planted leaves it in any form, a car has the reasons
// of its page, and a folder that cannot be opened has a file that says why.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { actWords } from '#runtime/api/act-words.ts'
import { supportCommand } from '#runtime/commands/support.ts'
import { whyOf, type WhySection } from '#lane/pure/explain/why.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { leaksIn, plainLine, planted, plates, stays } from '../../../kit/support-planted.ts'
import { nowMs, orphan, writeSupportScene } from '../../../kit/support-scene.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { runCommand } from '../../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-support-')
const file = join(dir, 'one.etcsupport')
let rows: ReadonlyMap<string, readonly LedgerRow[]> = new Map()
let text = ''

const run = (...args: string[]) => runCommand(supportCommand, args).then(({ json }) => json)
const open = (...args: string[]) => run('--open', file, ...args)

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs })
  rows = writeSupportScene(dir)
  await run('--data', dir, '--out', file)
  text = readFileSync(file, 'utf8')
})
afterAll(() => {
  vi.useRealTimers()
})

interface Part {
  readonly name: string
  readonly items: number
  readonly code: string | null
  readonly hidden: Readonly<Record<string, number>>
}
interface Car {
  readonly stayId: string
  readonly car: string
  readonly amountFen: number
  readonly why: readonly WhySection[]
}

describe('a support file', () => {
  it('holds nothing that was planted, in any form', () => {
    expect(planted.length).toBeGreaterThan(140)
    expect(leaksIn(text)).toEqual([])
  })

  it.each([
    (one: string) => one,
    (one: string) => Buffer.from(one).toString('hex'),
    (one: string) => Buffer.from(`x${one}yz`).toString('base64'),
    (one: string) => `${one.slice(0, 2)}·${one.slice(2)}`,
  ])('a leak would be found: %s', (form) => {
    const [plate = ''] = plates
    expect(leaksIn(`${text}${form(plate)}`)).toEqual([plate])
  })

  it('says of each part how much is in it and what was hidden', async () => {
    const { parts } = (await open()) as { parts: Part[] }
    const of = (name: string): Part | undefined => parts.find((part) => part.name === name)
    expect(of('cars')?.items).toBe(45)
    expect(of('rows')?.hidden).toMatchObject({ card: 84, obu: 84 })
    expect(of('traces')?.items).toBe(4)
    expect(of('events')?.items).toBe(2)
    for (const name of ['program', 'doctor', 'lot', 'prices', 'queue'])
      expect(of(name)?.code).toBe(null)
    for (const name of ['lanes', 'matters', 'state']) expect(of(name)?.code).toBe('RUN-02')
  })

  it('keeps what support needs', () => {
    for (const kept of [
      'tcp://10.0.0.7:5000?variant=generic-len',
      'https://platform.example.com:8443',
    ])
      expect(text).toContain(kept)
    const [, ...lines] = text.split('\n')
    const traces = lines.find((one) => one.startsWith('[{"kind":"frame"')) ?? ''
    expect(JSON.parse(traces)).toMatchObject([
      { type: 'B4', bytes: 23, fields: { error: 'ok', status: 'ok' } },
      { kind: 'turn', event: { type: 'plateRead' }, after: 'charging' },
      { type: 'obuSeen' },
      { type: 'fault', detail: 'plateMismatch' },
    ])
  })
})

const laneName = (laneId: string) =>
  laneId === 'entry' ? { zh: '1号入口', en: 'Entry 1' } : { zh: '1号出口', en: 'Exit 1' }
const plain = (why: readonly WhySection[]) =>
  why.map(({ topic, title, lines }) => ({
    topic,
    title,
    lines: lines.map(({ zh, en }) => [plainLine(zh), plainLine(en)]),
  }))

describe('why a car paid', () => {
  it.each([
    [stays.etc, 1_200, '¥ 12.00'],
    [stays.cash, 900, '收到 ¥ 20.00,找零 ¥ 11.00'],
    [stays.free, 0, '会员'],
    [stays.letGo, 700, '[…]'],
    [stays.match, 1_200, '按 88 分纠正为'],
  ])('%s is told as on its page', async (stayId, amountFen, said) => {
    const { cars } = (await open('--stay', stayId)) as { cars: Car[] }
    const [car] = cars
    expect(cars).toHaveLength(1)
    expect(car).toMatchObject({ stayId, amountFen })
    expect(plain(car?.why ?? [])).toEqual(plain(whyOf(rows.get(stayId) ?? [], laneName, actWords)))
    expect(JSON.stringify(car)).toContain(said)
  })

  it('lists the cars of an amount, each under a name of its own', async () => {
    const { cars } = (await open('--amount', '1200')) as { cars: Car[] }
    expect(cars.map(({ stayId }) => stayId)).toEqual([stays.match, stays.etc])
    expect(new Set(cars.map(({ car }) => car)).size).toBe(2)
    expect(cars.every(({ car }) => /^桂[AE]·车\d{3}$/.test(car))).toBe(true)
    const { cars: one } = (await open('--amount', '900')) as { cars: Car[] }
    expect(one[0]?.why.map(({ topic }) => topic)).toContain('byHand')
  })

  it.each([
    [['--stay', 's-none'], '--stay', 's-none'],
    [['--amount', '77'], '--amount', '77'],
  ])('%j is not in it', async (args, field, value) => {
    await expect(open(...args)).rejects.toMatchObject({
      code: 'SUPPORT-04',
      detail: { file, field, value },
    })
  })
})

it.each([
  [['--from', '2026-11-20T00:00:00+08:00'], 45],
  [['--to', '2026-11-20T00:00:00+08:00'], 0],
  [['--from', '2026-11-20T17:01:30+08:00', '--to', '2026-11-20T17:03:00+08:00'], 45],
] as [string[], number][])('%j limits the span', async (args, cars) => {
  const out = join(dir, `${args.join('').replaceAll(/\W/g, '')}.etcsupport`)
  await run('--data', dir, '--out', out, ...args)
  const opened = (await run('--open', out)) as { cars: unknown[] }
  expect(opened.cars).toHaveLength(cars)
})

it.each([
  [['--from', '2026-11-20T19:00:00+08:00'], 'API-01'],
  [['--from', 'yesterday'], 'API-01'],
  [[], 'FILE-03'],
] as [string[], string][])('%j is refused', async (args, code) => {
  const out = args.length === 0 ? file : join(dir, 'none.etcsupport')
  await expect(run('--data', dir, '--out', out, ...args)).rejects.toMatchObject({ code })
})

describe('a folder that cannot be opened', () => {
  const broken = folderOfFile('etc-lane-support-broken-')
  it.each([
    ['lot.json', '{"version":1,"password":"Tr0ub4dor3x"', 'FILE-02', null],
    ['ledger.db', 'no ledger Tr0ub4dor3x', null, 'LEDGER-05'],
  ])('has a file that says what is wrong with %s', async (name, content, lotCode, ledgerCode) => {
    rmSync(broken, { recursive: true })
    writeSupportScene(broken)
    writeFileSync(join(broken, name), content)
    const out = join(dir, `${name}.etcsupport`)
    await run('--data', broken, '--out', out)
    const { parts } = (await run('--open', out)) as { parts: Part[] }
    const code = (part: string) => parts.find((one) => one.name === part)?.code
    expect(code('rows')).toBe(ledgerCode ?? lotCode)
    expect(code('prices')).toBe(lotCode)
    expect(code('program')).toBe(null)
    expect(leaksIn(readFileSync(out, 'utf8'))).toEqual([])
  })

  it('still has the cars of a ledger with a row that no program can read', async () => {
    rmSync(broken, { recursive: true })
    writeSupportScene(broken, [orphan])
    const out = join(dir, 'orphan.etcsupport')
    await run('--data', broken, '--out', out)
    const { cars, parts } = (await run('--open', out)) as { cars: Car[]; parts: Part[] }
    expect(cars).toHaveLength(45)
    expect(parts.find(({ name }) => name === 'queue')?.code).toBe('LEDGER-10')
    expect(readFileSync(out, 'utf8')).toContain('"code":"LEDGER-10"')
    expect(leaksIn(readFileSync(out, 'utf8'))).toEqual([])
  })
})
