// A running lot changes its signing certificate: by command, with the platform in another process,
// which withdraws the former one. First into the lot's own folder, then again in place.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InForceView, JoiningView } from '#lane/calls/setup-views.ts'
import type { StatusView } from '#lane/calls/views.ts'
import type { PlatformAccess } from '#ledger/ports/platform-access.ts'
import { present } from '#base/pure/values/must.ts'
import { newFolder, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot({ charge: 'card' })
const platform = () => present(lot.harness.platform, 'the platform runs')
const stick = newFolder()
const joining = () => lot.run.call<JoiningView>('setup.joining')
const serial = async (): Promise<string> => present((await joining()).client, 'one').certSerial

/** Output of a command that succeeded. */
async function step(...args: string[]): Promise<Record<string, unknown>> {
  const { code, json } = await runToEnd(['platform', ...args, '--data', lot.dir])
  expect([json['error'], code]).toEqual([undefined, 0])
  return json
}

/** The platform issues a certificate for the request on the stick. */
async function issued(): Promise<string> {
  const { request } = await joining()
  const { certificate } = await platform().admin<{ certificate: string }>('POST', '/clients', {
    request: request?.pem,
  })
  const file = join(stick, 'lot.cer')
  writeFileSync(file, certificate)
  return file
}

async function inForce(): Promise<void> {
  await eventually(
    () => lot.run.call<{ inForce: InForceView | null }>('setup.inForce'),
    ({ inForce: view }) => view !== null && view.waiting === null,
    { of: lot.of },
  )
  await lot.reopened('exit')
}

/** A car comes in, pays by its card, leaves, and the platform has its record. */
async function carPays(n: number): Promise<void> {
  const car = { plate: `测A1234${n}`, colour: 'blue' }
  const tag = { ...obu, ...car, obuId: `1A2B3C4${n}`, cardNo: `4501229900000001234${n}` }
  const records = async (): Promise<number> =>
    (await platform().admin<{ records: number }>('GET', '/state')).records
  const before = await records()
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', tag)
  await lot.comes('exit', car)
  await lot.leaves('exit')
  await lot.harness.sims('exit').rsu?.admin('DELETE', `/cars/${tag.obuId}`)
  await eventually(records, (now) => now > before, { of: lot.of })
}
/** A request that has to be signed. */
const asked = (): Promise<string> =>
  lot.run.call('list.now', { full: true }).then(
    () => 'answered',
    (error: unknown) => /[A-Z]+-\d\d/.exec(String(error))?.[0] ?? String(error),
  )
const withdraw = (certSerial: string): Promise<unknown> =>
  platform().admin('DELETE', `/clients/${certSerial}`)

beforeAll(async () => {
  await lot.startSims()
  await platform().admin('POST', '/status-list', { first: '45010000000000000001', count: 3 })
  await lot.start('exit')
})
afterAll(() => lot.close())

test('a first request is not for a lot that signs already; the next certificate is asked for', async () => {
  const first = await runToEnd(['platform', 'csr', '--data', lot.dir])
  expect([first.code, first.json['error']]).toMatchObject([2, { code: 'CERT-06', value: 'csr' }])
  expect(await step('rotate', '--to', stick)).toMatchObject({
    step: 'rotate',
    state: 'renewing',
    next: 'import',
  })
  expect(readdirSync(stick)).toEqual([expect.stringMatching(/^[A-Z0-9]+\.csr\.pem$/)])
  expect(await asked()).toBe('answered')
})

test('a request that waits is voided by a named person alone, and the audit log says so', async () => {
  const waits = async (): Promise<string> => present((await joining()).request, 'it waits').pem
  const former = await waits()
  const unnamed = await runToEnd(['platform', 'rotate', '--anew', '--data', lot.dir])
  expect([unnamed.code, unnamed.json['error']]).toMatchObject([2, { code: 'ARG-01' }])
  expect(await waits()).toBe(former)
  await step('rotate')
  expect(await waits(), 'asked for again without --anew').toBe(former)
  await step('rotate', '--anew', '--by', '店主', '--reason', '密钥丢了')
  expect(await waits()).not.toBe(former)
  const audit = await runToEnd(['audit', 'verify', '--data', lot.dir])
  expect(audit.json['byAct']).toMatchObject({ 'setup.requestAnew': 1 })
})

test.each(['into its own folder', 'in place'])(
  '%s: the next one signs when the time of the former is over',
  async (place) => {
    const former = await serial()
    if (place === 'in place') await step('rotate')
    const who = ['--by', '店主', '--reason', '换证书']
    const taken = await step('import', '--file', await issued(), ...who)
    expect(taken).toMatchObject({ state: 'joined', next: null, isWritten: place !== 'in place' })
    await inForce()
    expect(await serial()).not.toBe(former)
    await withdraw(former)
    expect(await asked()).toBe('answered')
    await carPays(place === 'in place' ? 2 : 1)
  },
)

test('each access is found by its interface and its account, with the time and the answer', async () => {
  const log = async (...args: string[]): Promise<readonly PlatformAccess[]> =>
    (await step('log', ...args))['rows'] as PlatformAccess[]
  const charges = await eventually(
    () => log('--interface', 'charge', '--account', 'TEST0001'),
    (rows) => rows.length >= 2,
    { of: lot.of },
  )
  expect(charges[0]).toMatchObject({ status: 200, respCode: '100000', account: 'TEST0001' })
  expect(charges[0]?.requestId).toMatch(/^[A-Z0-9]{32}$/)
  const times = charges.map(({ atIso }) => Date.parse(atIso))
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect((await log('--interface', 'list')).length).toBeGreaterThan(0)
  expect(await log('--account', 'OTHER')).toEqual([])
  expect(await log('--to', '2020-01-01')).toEqual([])
})

let accepted = ''
test.each(['once', 'a second time'])(
  'a new one that the platform refuses, %s: the one that it accepted signs again and it is said',
  async (time) => {
    if (time === 'once') accepted = await serial()
    await step('rotate')
    const who = ['--by', '店主', '--reason', '换证书']
    await step('import', '--file', await issued(), ...who)
    const next = await serial()
    expect(next).not.toBe(accepted)
    await withdraw(next)
    await inForce()
    expect(await asked()).toBe('answered')
    await carPays(time === 'once' ? 3 : 4)
    const status = await eventually(
      () => lot.run.call<StatusView>('status.get'),
      ({ upkeep }) => upkeep?.faults.some(({ code }) => code === 'CERT-07') === true,
      { of: lot.of },
    )
    expect(JSON.stringify(status.upkeep?.faults)).toContain(`${next} is refused, ${accepted} signs`)
  },
)

test('killed and started anew, it signs under the same one; without it nothing is answered', async () => {
  await lot.run.stop('SIGKILL')
  await lot.start('exit')
  await carPays(5)
  expect(await asked()).toBe('answered')
  // After all are withdrawn nothing is answered, which shows that the platform distinguishes them.
  await withdraw(accepted)
  expect(await asked()).toBe('LIST-06')
})
