// A stopped lot is read from its folder: each reading call answers what the running lot answered, nothing in the folder
// changes, and the answer names its source. Calls that need lanes say so.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNotAtRest } from '#runtime/api/check.ts'
import { api, type ApiName, type ArgsOf } from '#runtime/api/table.ts'
import { lookAtRest } from '#runtime/host/resting-lot.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { runToEnd } from './kit/live-program.ts'
import { plate } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const restingRows = (Object.keys(api) as ApiName[]).filter((name) => whyNotAtRest(name) === null)
const lot = tcpLot()
const { dir } = lot
const by = ['--data', dir, '--by', '店主', '--reason', '办理']

/** Members that depend on the clock, or are signed for each request. */
const ofNow = new Set(['atSec', 'signatureHex', 'nowIso', 'oldestAgeSec', 'sinceIso'])

const plain = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value: unknown) => (ofNow.has(key) ? null : value)))

/** Members that depend on the last row: a stopped ledger ends with the row of the stop. */
const ofLastRow = new Set(['hash', 'seq', 'headHash', 'headSeq', 'rows'])
/** Of a support file the cars: it says itself whether the lanes run, and what only they know. */
function carsIn({ text }: { readonly text: string }): unknown {
  const [head = '', ...lines] = text.split('\n')
  const { parts } = JSON.parse(head) as { parts: { name: string }[] }
  return JSON.parse(lines[parts.findIndex(({ name }) => name === 'cars')] ?? '')
}
const stillAs = (name: ApiName, answer: unknown): unknown => {
  if (name === 'support.file') return carsIn(answer as { text: string })
  return name !== 'ledger.verify'
    ? plain(answer)
    : JSON.parse(
        JSON.stringify(answer, (key, value: unknown) => (ofLastRow.has(key) ? null : value)),
      )
}

interface Facts {
  readonly stayId: string
  readonly photoId: string
  readonly day: string
}

const price = { fromIso: '2026-03-02T08:00:00+08:00', toIso: '2026-03-02T10:00:00+08:00' }
const vehicle = { vehicleClass: 1, colour: 'blue', area: null }

/** Arguments of each call; absent: the call is left out. */
const argsOf = ({ stayId, photoId, day }: Facts): Partial<Record<ApiName, unknown>> => ({
  'ledger.query': { kind: 'payment' },
  'ledger.sums': { from: `${day}T00:00:00+08:00`, to: `${day}T23:59:59+08:00` },
  'ledger.sheet': {
    kind: 'stay',
    format: 'csv',
    name: 'stays',
    columns: [{ member: 'stayId', head: 'stay', shape: 'text' }],
  },
  'ledger.timeline': { stayId },
  'receipt.check': { text: 'ETC' },
  'receipt.day': { day: Number(day.replaceAll('-', '')) },
  'pay.attempts': { stayId },
  'lot.believed': { at: `${day}T23:59:59+08:00`, laneId: 'exit' },
  'day.get': { day },
  'photo.get': { photoId },
  'first.state': { laneId: 'exit' },
  'tariff.check': { tariff: demoTariff },
  'tariff.price': { tariff: demoTariff, stays: [{ ...price, vehicle }] },
  'tariff.curve': { tariff: demoTariff, fromIso: price.fromIso, minutes: 60, vehicle },
  'tariff.days': { tariff: demoTariff, file: 'days.csv', text: '2026-05-01,off' },
  'arrears.find': { plate: '测A00001' },
  'coupons.compare': { text: '' },
  'inside.compare': { text: '' },
  'members.compare': { text: '' },
  'points.compare': { text: '' },
  'points.statement': { no: 'M-1' },
})

/** Every file of the folder with its content, without the empty log that SQLite opens beside a ledger it reads. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  return new Map(
    names.flatMap((name) => {
      const file = join(folder, name)
      const isEmptyLog =
        name.endsWith('-shm') || (name.endsWith('-wal') && statSync(file).size === 0)
      if (isEmptyLog || !statSync(file).isFile()) return []
      return [[name, createHash('sha256').update(readFileSync(file)).digest('hex')]]
    }),
  )
}

describe('a lot that has stopped', () => {
  const running = new Map<ApiName, unknown>()
  let facts: Facts = { stayId: '', photoId: '', day: '' }
  let takenMs = 0

  beforeAll(async () => {
    await lot.startSims()
    await lot.start('exit')
    const car = { plate, colour: 'blue' }
    await lot.goesIn('entry', car)
    const { stayId, atIso } = await lot.paysByEtc('exit', car)
    await lot.goesIn('entry', { plate: '测C12345', colour: 'blue' })
    const coupon = ['--merchant', '面馆', '--kind', 'amount', '--value', '100', '--count', '2']
    const days = ['--from', '2020-01-01', '--until', '2099-12-31']
    await runToEnd(['coupons', 'issue', ...coupon, ...days, ...by])
    const member = ['--no', 'M-1', '--kind', 'points', '--name', '张三', '--plates', plate]
    await runToEnd(['members', 'issue', ...member, '--from', '2020-01-01', ...by])
    await runToEnd(['receipt', 'give', '--data', dir, '--stay', stayId])
    await eventually(
      () => lot.run.call<{ unsent: number }>('queue.status'),
      ({ unsent }) => unsent === 0,
      { of: lot.of },
    )
    // The head is written beside the rows, up to half a second later.
    await eventually(
      () => lot.run.call<{ headSeq: number; headFile: { seq: number } }>('ledger.verify'),
      ({ headSeq, headFile }) => headFile.seq === headSeq,
      { of: lot.of },
    )
    const { photoId } = await lot.run.call<{ photoId: string | null }>('ledger.timeline', {
      stayId,
    })
    facts = { stayId, photoId: photoId ?? 'none', day: atIso.slice(0, 10) }
    takenMs = Date.now()
    const args = argsOf(facts)
    for (const name of restingRows) {
      running.set(name, stillAs(name, await lot.run.call(name, args[name] ?? {})))
    }
    expect(await lot.run.stop()).toBe(0)
  })
  afterAll(() => lot.close())

  it('answers each reading row as it did while it ran, and its folder stays as it is', async () => {
    const before = filesOf(dir)
    const business = { nowMs: () => takenMs, steadyMs: () => takenMs }
    const args = argsOf(facts)
    for (const name of restingRows) {
      const reply = await lookAtRest(dir, name, (args[name] ?? {}) as ArgsOf<ApiName>, { business })
      expect([name, reply.ok ? stillAs(name, reply.data) : reply]).toEqual([
        name,
        running.get(name),
      ])
    }
    expect(filesOf(dir)).toEqual(before)
    expect(existsSync(join(dir, 'run', 'lock'))).toBe(false)
  })

  it('says on stderr that its folder was read, and how old the newest row is', async () => {
    const shown = await runToEnd(['members', 'list', '--data', dir])
    expect(shown).toMatchObject({ code: 0, json: { rows: [{ member: { no: 'M-1' } }] } })
    expect(shown.stderr).toMatch(/停着的停车场.*newest row \d{4}-.*, \d+ min ago/)
    const told = await runToEnd(['explain', 'show', '--data', dir, '--stay', facts.stayId])
    expect(told).toMatchObject({ code: 0, json: { stayId: facts.stayId } })
    expect(told.json['turns']).not.toEqual([])
  })

  it.each([
    [['lane', 'state'], '停着的时候没有'],
    [['backup', 'status'], '有自己的命令读取文件夹'],
    [['receipt', 'give', '--stay', 'n1-S1'], '它会改动停车场'],
    [['members', 'reverse', '--no', 'M-1', ...by.slice(2)], '它会改动停车场'],
  ])('%j is RUN-02 and says why', async (words, why) => {
    const { code, json } = await runToEnd([...words, '--data', dir])
    expect(code).toBe(2)
    const error = { code: 'RUN-02', file: dir, message: expect.stringContaining(why) as string }
    expect(json).toMatchObject({ error })
  })

  it('a copy without the key of its chain is read as well; the chain alone is not checked', async () => {
    const copy = join(dir, '..', 'copy')
    cpSync(dir, copy, { recursive: true })
    rmSync(join(copy, 'keys', 'chain.key'))
    const read = await runToEnd(['day', 'show', '--data', copy, '--day', facts.day])
    expect(read).toMatchObject({ code: 0, json: { day: facts.day } })
    expect(plain(read.json)).toEqual(running.get('day.get'))
    const found = ['ledger', 'query', '--data', copy, '--kind', 'stay']
    expect(await runToEnd(found)).toMatchObject({ code: 0 })
    const verified = await runToEnd(['ledger', 'verify', '--data', copy])
    expect(verified).toMatchObject({ code: 2, json: { error: { code: 'FILE-01' } } })
    expect(existsSync(join(copy, 'keys', 'chain.key'))).toBe(false)
  })
})
