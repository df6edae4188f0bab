// Shifts and the running configuration over real HTTPS; the platforms of the lot's operator and of the ETC operator are
// processes of their own (P21; table G.1, rows 2 to 4). Downloaded data is in the ledger and takes effect between cars;
// invalid data changes nothing and is named; an ended shift is sent once, despite kills of both sides.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import type { DayView } from '#money/calls/day.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { newFolder, Program, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const minuteMs = 60_000
const leaping = fileURLToPath(new URL('./kit/leaping-run.ts', import.meta.url))
const lot = tcpLot()
const { dir, harness } = lot
const lotFile = join(dir, 'lot.json')
const read = () => JSON.parse(readFileSync(lotFile, 'utf8')) as Record<string, unknown>
const day = isoOf(Date.now()).slice(0, 10)

/** One of the two platforms, which returns under its port after a kill. */
class Operator {
  readonly #place = newFolder()
  #program: Program | null = null
  endpoints!: Record<'baseUrl' | 'caFile' | 'appId' | 'certDir' | 'admin', string>

  async start(): Promise<void> {
    const port = this.#program === null ? '0' : new URL(this.endpoints.baseUrl).port
    const at = (name: string): string => join(this.#place, name)
    const more = [
      '--books',
      at('books.jsonl'),
      '--certs',
      at('certs'),
      '--admin',
      'http://127.0.0.1:0',
    ]
    this.#program = new Program(['platform-sim', '--listen', `https://127.0.0.1:${port}`, ...more])
    const ready = await this.#program.line(({ event }) => event === 'ready')
    this.endpoints = ready['endpoints'] as never
  }
  kill = (): Promise<unknown> => present(this.#program, 'it runs').stop('SIGKILL')
  get channel(): object {
    const { baseUrl: url, caFile, certDir, appId } = this.endpoints
    return { url, caFile, certDir, appId }
  }
  async told(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.endpoints.admin}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
  }
  async records(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const answer = await fetch(`${this.endpoints.admin}/books?kind=shift-records&limit=100`)
    return ((await answer.json()) as { rows: readonly Readonly<Record<string, unknown>>[] }).rows
  }
}
const operator = new Operator()
const etcOperator = new Operator()
let parkId = ''

const at = (time: string): string => `${day}T${time}:00.000+08:00`
const shift = {
  shiftNo: 'B1',
  staffId: '李四',
  laneNo: 'exit',
  onTime: at('00:00'),
  offTime: at('23:59'),
}
const plan = (...shifts: object[]) => operator.told('/shifts', { parkId, date: day, shifts })
const settings = (own: object) => etcOperator.told('/configuration', { parkId, settings: own })

beforeAll(async () => {
  await lot.startSims()
  await Promise.all([operator.start(), etcOperator.start()])
  const config = read()
  parkId = String(config['lotId'])
  const own = { operator: operator.channel, etcOperator: etcOperator.channel }
  writeFileSync(lotFile, JSON.stringify({ ...config, ...own, configTellMin: 0 }))
  await plan(shift)
  await lot.start('exit')
})
afterAll(() => lot.close())

const view = () => lot.run.call<DayView>('day.get')
const rowsOf = (row: 'plan' | 'counted') =>
  ledgerRows(dir).filter(({ kind, body }) => kind === 'book' && 'row' in body && body.row === row)
const faults = async () => (await lot.run.call<BoardView>('board.get')).status.upkeep?.faults ?? []
const fault = (code: string) =>
  eventually(
    async () => (await faults()).find((one) => one.code === code),
    (one) => one !== undefined,
    { of: lot.of },
  )
/** Answered accesses to an interface, newest first. */
async function answered(interfaceId: string): Promise<readonly (number | null)[]> {
  const filter = { interfaceId, account: null, from: null, to: null, limit: 100 }
  const { rows } = await lot.run.call<{ rows: { status: number | null }[] }>('setup.access', filter)
  return rows.map(({ status }) => status)
}
const asked = (id: string, count: number) =>
  eventually(
    () => answered(id),
    (all) => all.length === count,
    { of: lot.of },
  )
async function again(program?: Program): Promise<void> {
  await lot.run.stop('SIGKILL')
  await lot.start('exit', program)
}

it('the shifts of the day are downloaded, shown, and known again behind a kill', async () => {
  const shown = await eventually(view, (one) => one.plan !== null, { of: lot.of })
  expect(shown.plan).toMatchObject({
    version: 'S1',
    revision: 1,
    shifts: [{ shiftNo: 'B1', staffId: '李四', laneId: 'exit' }],
  })
  // The list of accesses is written separately, so a kill may lose the newest ones.
  await asked('shiftDownload', 1)
  await again()
  await asked('shiftDownload', 2)
  expect(rowsOf('plan')).toHaveLength(1)
})

it('a plan that breaks its rule is named by its field, the one before stays; a mended one is the next revision', async () => {
  await plan({ ...shift, offTime: 'late' })
  await again()
  const said = await fault('DUTY-01')
  expect(said?.note).toContain('/data/shifts/0/offTime "late"')
  expect((await view()).plan).toMatchObject({ version: 'S1' })
  await plan(shift, { ...shift, shiftNo: 'B2', staffId: '王五' })
  await again()
  const { plan: now } = await eventually(view, (one) => one.plan?.revision === 2, { of: lot.of })
  expect(now).toMatchObject({ version: 'S3', shifts: [{ shiftNo: 'B1' }, { shiftNo: 'B2' }] })
  expect(await faults()).not.toContainEqual(expect.objectContaining({ code: 'DUTY-01' }))
})

it('a configuration waits for the car in a lane, is in force behind it, and is the same after a kill', async () => {
  const turned = new Program([dir], [], 'ipc', leaping)
  await again(turned)
  const plate = '测A12345'
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, plate })
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.goesIn('exit', { plate, colour: 'blue' })
  const { length } = await eventually(
    () => answered('configDownload'),
    (all) => all.length > 0,
    { of: lot.of },
  )
  const before = read()
  await lot.comes('entry', { plate: '测B54321', colour: 'blue' })
  await lot.until('entry', ({ barrier }) => barrier.position === 'open')
  await settings({ largeFee: 7_700, offlineFee: 4_400 })
  turned.child.send(11 * minuteMs)
  await asked('configDownload', length + 1)
  expect(read()).toEqual(before)
  await lot.leaves('entry')
  const after = await eventually(
    () => read(),
    (one) => one['configVersion'] !== undefined,
    { of: lot.of },
  )
  expect(after).toEqual({
    ...before,
    largeAmountFen: 7_700,
    caps: { ...(before['caps'] as object), perChargeFen: 4_400 },
    configVersion: 'C1',
  })
  await lot.run.line(({ event }) => event === 'settings')
  await lot.reopened('exit')
  const [row] = ledgerRows(dir).filter(
    ({ body }) => 'act' in body && body.act === 'configuration C1',
  )
  expect(row?.body).toMatchObject({ by: etcOperator.endpoints.appId, role: 'system' })
  await again()
  expect((await asked('configDownload', length + 2))[0]).toBe(304)
  expect(read()).toEqual(after)
})

it('a configuration and a plan of who is on duty are told before, over a kill, and taken when a person says so', async () => {
  await lot.run.stop('SIGKILL')
  const { configTellMin: _, ...own } = read()
  writeFileSync(lotFile, JSON.stringify(own))
  await settings({ largeFee: 8_800 })
  await plan({ ...shift, staffId: '王五' })
  await lot.start('exit')
  const note = (await fault('DUTY-05'))?.note
  expect(note).toContain('88.00')
  await fault('DUTY-06')
  const before = read()
  await again()
  const { told } = await eventually(view, (one) => one.told.length === 2, { of: lot.of })
  expect((await fault('DUTY-05'))?.note).toBe(note)
  expect(read()).toEqual(before)
  const acts = ledgerRows(dir).filter(({ body }) => 'act' in body && body.result === 'told')
  expect(acts.map(({ body }) => 'act' in body && body.act.split(' ')[0]).toSorted()).toEqual([
    'configuration',
    'plan',
  ])
  for (const { of, version } of told.toReversed()) {
    const who = { by: '张三', reason: '已核对', commandId: `take-${of}-1` }
    await lot.run.call('day.take', { of, version, ...who })
  }
  await eventually(view, (one) => one.plan?.shifts[0]?.staffId === '王五', { of: lot.of })
  await lot.run.line(({ event }) => event === 'settings')
  await lot.reopened('exit')
  const { version: configVersion } = present(
    told.find(({ of }) => of === 'configuration'),
    'told',
  )
  expect(read()).toMatchObject({ largeAmountFen: 8_800, configVersion })
  expect((await view()).told).toEqual([])
  await plan(shift)
  await lot.run.stop('SIGKILL')
  writeFileSync(lotFile, JSON.stringify({ ...read(), configTellMin: 0 }))
  await lot.start('exit')
  await eventually(view, (one) => one.plan?.shifts[0]?.staffId === '李四', { of: lot.of })
})

it('a configuration that breaks its rule changes nothing and is named by its field', async () => {
  const before = read()
  await settings({ largeFee: 9_900, offlineFee: '45' })
  await again()
  const said = await fault('DUTY-03')
  expect(said?.note).toContain('/data/settings/offlineFee "45"')
  expect(read()).toEqual(before)
})

it('a shift that ended is told to the operator once, over a kill of both sides', async () => {
  await operator.kill()
  const who = { by: '李四', reason: '交班', commandId: 'shift-ends-1' }
  await lot.run.call('day.count', { countedFen: 0, ...who })
  const etc = ledgerRows(dir).reduce(
    (sum, { kind, body, amountFen = 0 }) =>
      kind === 'payment' && body.means === 'etc' ? sum + amountFen : sum,
    0,
  )
  expect(etc).toBeGreaterThan(0)
  await lot.run.stop('SIGKILL')
  const status = await runToEnd(['queue', 'status', '--data', dir])
  expect(status.json).toMatchObject({ byKind: { shiftRecord: 1 } })
  await operator.start()
  await lot.start('exit')
  const [told, ...others] = await eventually(
    () => operator.records(),
    (rows) => rows.length > 0,
    { of: lot.of },
  )
  expect(others).toEqual([])
  expect(told).toMatchObject({
    staffId: '李四',
    staffName: '李四',
    planNo: 'B1',
    cashFee: 0,
    etcCount: 1,
    etcFee: etc,
  })
  await lot.run.call('day.count', { countedFen: 0, ...who })
  expect(rowsOf('counted')).toHaveLength(1)
  expect(await operator.records()).toHaveLength(1)
  // The platform has the record before its answer arrives here.
  await eventually(
    () => answered('shiftUpload'),
    (all) => all.includes(200),
    { of: lot.of },
  )
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})

it('the acceptance judges rows 2 to 4 of table G.1 by these accesses', async () => {
  const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
  const said = await runToEnd(['acceptance', 'override', '--data', dir, ...who])
  expect(said.json).toMatchObject({ ok: true })
  const verdicts: string[] = []
  for (const id of ['G2', 'G3', 'G4']) {
    const { json } = await runToEnd(['acceptance', 'run', '--data', dir, '--item', id])
    const items = json['items'] as readonly { readonly id: string; readonly verdict: string }[]
    verdicts.push(...items.filter((one) => one.id === id).map(({ verdict }) => `${id} ${verdict}`))
  }
  expect(verdicts).toEqual(['G2 pass', 'G3 pass', 'G4 pass'])
})
