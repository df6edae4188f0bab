// Mistakes of people and files about money and accounts in a working lot: each is refused with its code,
// cause and next step, the ledger and the files stay unchanged, and the next car passes as usual.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrintersView } from '#money/calls/receipt.ts'
import type { TariffView } from '#money/calls/tariff-views.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { PrinterSim } from './kit/printer-sim.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir, harness } = lot
const who = { by: '店主', reason: '测试' }
const by = ['--by', who.by, '--reason', who.reason]
const command = (...words: string[]) => runToEnd([...words, '--data', dir])

interface Refusal {
  readonly code: string
  readonly message: string
  readonly todo: string
}

/** The raw reply of the API, refused or not. */
async function asked(name: string, args: object): Promise<{ ok: boolean; error?: Refusal }> {
  const response = await fetch(new URL('/v1/call', present(lot.run.endpoints, 'it runs').api), {
    method: 'POST',
    headers: { authorization: `Bearer ${lot.run.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, args }),
  })
  return (await response.json()) as { ok: boolean; error?: Refusal }
}

const sim = new PrinterSim()
const papers = async (): Promise<number> => (await sim.paper()).count

const refusedBy = async (name: string, args: object): Promise<Refusal> =>
  present((await asked(name, args)).error, `${name} is refused`)
async function refusedCommand(...words: string[]): Promise<Refusal> {
  const { code, json } = await command(...words)
  expect(code).toBe(2)
  return json['error'] as Refusal
}

/** A cause and a next step. */
const inChinese = /^[\u4e00-\u9fff].{4,},[\u4e00-\u9fff].{4,}$/su
const files = ['lot.json', 'tariff.json', 'status-list.json', 'people.json']
/** What a refusal must not change. Rows of kind `event` may appear by themselves, from devices and clocks. */
function print(): string {
  const db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
  const rows = db.prepare(`SELECT count(*) AS n FROM ledger_row WHERE kind <> 'event'`).get() as {
    n: number
  }
  db.close()
  const texts = files.map((name) => join(dir, name)).filter((file) => existsSync(file))
  const hash = createHash('sha256')
  for (const file of texts) hash.update(readFileSync(file))
  return `${rows.n} ${hash.digest('hex')}`
}

async function aCarPays(tag: typeof obu): Promise<void> {
  const car = { plate: tag.plate, colour: tag.colour }
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...tag })
  await lot.comes('exit', car)
  await lot.leaves('exit')
  await harness.sims('exit').rsu?.admin('DELETE', `/cars/${tag.obuId}`)
  expect(ledgerRows(dir).findLast(({ kind }) => kind === 'stayClosed')).toMatchObject({
    body: { end: 'etc' },
  })
}

const pass = (no: string) => [
  ...['members', 'issue', '--no', no, '--kind', 'period', '--name', '张三', '--plates', '测C12345'],
  ...['--from', '2020-01-01', '--until', '2099-12-31', '--spaces', '1', ...by],
]

const ownSecret = 'correct horse battery'
let owner = ''
let coupon = ''
beforeAll(async () => {
  const { link } = await sim.ready()
  await lot.startSims()
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, printers: [{ id: 'desk', link }] }))
  await lot.start('exit')
  expect((await command(...pass('M-1'))).code).toBe(0)
  const issued = await command(
    ...['coupons', 'issue', '--merchant', '超市', '--kind', 'amount', '--value', '100'],
    ...['--count', '1', '--from', '2020-01-01', '--until', '2099-12-31', ...by],
  )
  coupon = present((issued.json['codes'] as string[])[0], 'one coupon is issued')
  const added = await asked('people.add', {
    name: '店主',
    role: 'owner',
    secret: ownSecret,
    by: '店主',
  })
  if (!added.ok) throw new Error(JSON.stringify(added))
  owner = (added as unknown as { data: { id: string } }).data.id
})
afterAll(() => lot.close())

const rows: readonly {
  readonly what: string
  readonly code: string
  refused(): Promise<Refusal>
}[] = [
  {
    what: 'X01 bands of a tariff that overlap',
    code: 'TARIFF-01',
    refused: async () => {
      const { tariff, digest } = await lot.run.call<TariffView>('tariff.get')
      const [edition] = tariff.editions
      const plans = edition?.plans.map((plan) => ({
        ...plan,
        bands: [...plan.bands, { from: '22:00', to: '08:00', visitFen: 500 }],
      }))
      const overlapping = { ...tariff, editions: [{ ...edition, plans }] }
      const given = { tariff: overlapping, digest, ...who, commandId: 'overlap-1234' }
      return refusedBy('tariff.save', given)
    },
  },
  {
    what: 'a tariff that somebody changed meanwhile',
    code: 'TARIFF-04',
    refused: async () => {
      const { tariff } = await lot.run.call<TariffView>('tariff.get')
      const given = { tariff, digest: '0'.repeat(64), ...who, commandId: 'meanwhile-1234' }
      return refusedBy('tariff.save', given)
    },
  },
  {
    what: 'X03 a second pass for the same car',
    code: 'MEMBER-02',
    refused: () => refusedCommand(...pass('M-2')),
  },
  {
    what: 'a coupon that was never issued',
    code: 'COUPON-01',
    refused: () => refusedCommand('coupons', 'use', '--code', 'nonsense', '--plate', plate, ...by),
  },
  {
    what: 'a boom of a lane that the lot does not have',
    code: 'LANE-01',
    refused: () => refusedCommand('device', 'test', '--lane', 'exit-9', '--what', 'open', ...by),
  },
  {
    what: 'X02 a device of a kind that nobody knows',
    code: 'LOT-03',
    refused: async () => {
      const file = join(dir, 'lot.json')
      const good = readFileSync(file, 'utf8')
      writeFileSync(file, good.replace(/"barrier": ?"[^"]*"/, '"barrier": "pigeon://post"'))
      const refusal = await refusedCommand('lot', 'check')
      writeFileSync(file, good)
      return refusal
    },
  },
  {
    what: 'X08 the last owner removed',
    code: 'PEOPLE-08',
    refused: () => refusedBy('people.remove', { id: owner, by: '店主' }),
  },
]

describe.each(rows)('$what', ({ code, refused }) => {
  it('is refused in words, and nothing is changed', async () => {
    const before = print()
    const { code: given, message, todo } = await refused()
    expect(given).toBe(code)
    expect([message, todo].join()).toMatch(inChinese)
    expect(print()).toBe(before)
  })
})

it('lets the next car pay', () => aCarPays(obu))

it('X15 a printer without paper: refused, and printed once when the paper is back', async () => {
  const paid = ledgerRows(dir).findLast(({ kind }) => kind === 'payment')
  const stayId = present(paid?.stayId, 'a stay that paid')
  const ask = ['receipt', 'print', '--stay', stayId]
  await sim.ask('POST', '/paper', { lines: 0 })
  const before = print()
  const { code, message, todo } = await refusedCommand(...ask)
  expect(code).toBe('RECEIPT-04')
  expect([message, todo].join()).toMatch(inChinese)
  const { waiting } = await lot.run.call<PrintersView>('receipt.printers')
  expect(waiting).toMatchObject([{ stayId, code, isSent: false }])
  expect([print(), await papers()]).toEqual([before, 0])
  await aCarPays({ ...obu, plate: '测E54321', obuId: '1A2B3C4F', cardNo: '45012299000000012347' })
  await sim.ask('POST', '/paper', { lines: null })
  expect(await eventually(papers, (count) => count > 0, { of: lot.of })).toBe(1)
  expect(await command(...ask)).toMatchObject({ code: 0, json: { isOnPaper: true } })
  expect((await sim.paper()).text).toContain('（副本）')
  expect(await papers()).toBe(2)
})

it('X04 a coupon twice: it is taken once', async () => {
  const another = '测B54321'
  await lot.comes('entry', { plate: another, colour: 'blue' })
  await lot.leaves('entry')
  const use = () => command('coupons', 'use', '--code', coupon, '--plate', another, ...by)
  expect((await use()).code).toBe(0)
  const before = print()
  expect(await use()).toMatchObject({ code: 2, json: { error: { code: 'COUPON-05' } } })
  expect(print()).toBe(before)
})

it('X07 five wrong secrets: the account is held, and the cars go on', async () => {
  const codes: (string | undefined)[] = []
  for (const secret of ['100000', '200000', '300000', '400000', '500000', ownSecret])
    codes.push((await asked('people.signIn', { personId: owner, secret })).error?.code)
  expect(codes).toEqual([...Array<string>(4).fill('PEOPLE-01'), 'PEOPLE-02', 'PEOPLE-02'])
  await aCarPays({ ...obu, plate: '测D54321', obuId: '1A2B3C4E', cardNo: '45012299000000012346' })
  expect((await command('people', 'unlock', '--id', owner)).code).toBe(0)
  const right = { personId: owner, secret: ownSecret }
  expect(await asked('people.signIn', right)).toMatchObject({ ok: true })
})
