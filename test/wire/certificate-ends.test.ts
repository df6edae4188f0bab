// The platform's certificate expires while a lot runs, with a car at the exit: its answers move no money, and
// the lot reports it. With the next certificate in the folder the same car is charged, once, without a restart.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StatusView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { hasOpenssl, openssl } from '../firmware-runtime/simulators/platform/openssl.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const dayMs = 86_400_000
const distid = 'distid:1234567812345678'
const config = `
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
policy = any
[any]
organizationName = optional
commonName = supplied
[req]
distinguished_name = any
`

/** An end time for `openssl ca`, to the second: 20261121223000Z. */
const stamp = (ms: number): string =>
  `${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`

const lot = tcpLot()

/** The platform signs with a new key pair from now on, and the lot's folder has its certificate. */
async function renewed(endsMs: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'etc-ca-'))
  const file = (name: string): string => join(dir, name)
  writeFileSync(
    file('ca.cnf'),
    config.replaceAll('index.txt', file('index.txt')).replace('= .', `= ${dir}`),
  )
  writeFileSync(file('index.txt'), '')
  openssl('genpkey', '-algorithm', 'SM2', '-out', file('key.pem'))
  const opensslArgs = ['-sm3', '-sigopt', distid, '-subj', '/O=TEST/CN=TEST platform signing']
  openssl(
    'req',
    '-new',
    '-config',
    file('ca.cnf'),
    '-key',
    file('key.pem'),
    ...opensslArgs,
    '-out',
    file('csr'),
  )
  openssl(
    ...[
      'ca',
      '-batch',
      '-notext',
      '-config',
      file('ca.cnf'),
      '-selfsign',
      '-keyfile',
      file('key.pem'),
    ],
    ...['-in', file('csr'), '-out', file('platform.pem'), '-md', 'sm3'],
    ...['-startdate', stamp(Date.now() - dayMs), '-enddate', stamp(endsMs)],
    ...['-sigopt', distid, '-vfyopt', distid],
  )
  await lot.harness.killSim('platform')
  const { certDir } = lot.harness
  writeFileSync(join(certDir, 'platform.key.pem'), readFileSync(file('key.pem')))
  writeFileSync(join(certDir, 'platform.pem'), readFileSync(file('platform.pem')))
  rmSync(dir, { recursive: true })
  await lot.harness.reviveSim('platform')
}

const codes = async (): Promise<readonly string[]> =>
  ((await lot.run.call<StatusView>('status.get')).upkeep?.faults ?? []).map(({ code }) => code)
const charges = async (): Promise<readonly { realFee: number; status: string }[]> =>
  (
    await present(lot.harness.platform, 'a platform').admin<{
      rows: { realFee: number; status: string }[]
    }>('GET', '/books?kind=exit-charges')
  ).rows
const rowsOf = async (kind: string): Promise<readonly Record<string, unknown>[]> =>
  (await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', kind])).json['rows'] as Record<
    string,
    unknown
  >[]

const carOf = (n: number) => ({
  ...obu,
  obuId: `1A2B3C4${n}`,
  cardNo: `4501229900000001234${n}`,
  plate: `测A${n}${n}${n}45`,
})

async function comes(n: number): Promise<void> {
  const car = carOf(n)
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', car)
  await lot.leaves('entry')
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', car)
  await lot.comes('exit', car)
}

async function goes(n: number): Promise<void> {
  await lot.leaves('exit')
  await lot.harness.sims('exit').rsu?.admin('DELETE', `/cars/${carOf(n).obuId}`)
}

describe.skipIf(!hasOpenssl)('a certificate of the platform that ends', () => {
  beforeAll(async () => {
    await lot.startSims()
    await lot.start('exit')
  })
  afterAll(() => lot.close())

  it('K08 moves no money, is told with the time of the clock, and its car is charged once when the next one is there', async () => {
    const beganMs = Date.now()
    await comes(1)
    await goes(1)
    expect(await codes()).toEqual([])

    // Valid for the next car even on a slow machine; it expires while the lot runs.
    const endsMs = Date.now() + 4 * Math.max(2_000, Date.now() - beganMs)
    await renewed(endsMs)
    await comes(2)
    await goes(2)
    expect(Date.now()).toBeLessThan(endsMs)
    expect([(await charges()).length, (await rowsOf('payment')).length]).toEqual([2, 2])
    expect(await codes()).toEqual(['CERT-03'])
    await new Promise((done) => setTimeout(done, Math.max(0, endsMs + 500 - Date.now())))

    await comes(3)
    await lot.until('exit', ({ state }) => state === 'manual')
    const warningCodes = await eventually(codes, (all) => all.includes('CERT-02'), { of: lot.of })
    expect(warningCodes).toEqual(['CERT-02', 'CERT-04'])
    const stands = await lot.lane('exit')
    expect([stands.state, stands.barrier.position]).toEqual(['manual', 'closed'])
    expect(await rowsOf('payment')).toHaveLength(2)
    const states = async () => (await rowsOf('deduction')).map(({ state }) => state)
    expect((await states()).toSorted()).toEqual(['paid', 'paid', 'unknown'])
    const refused = (await rowsOf('event')).filter(({ type }) => type === 'certificateRefused')
    expect(refused).toHaveLength(1)

    await renewed(Date.now() + 400 * dayMs)
    await goes(3)
    expect(await states()).toEqual(['paid', 'paid', 'paid'])
    expect(await rowsOf('payment')).toHaveLength(3)
    expect((await charges()).map(({ realFee, status }) => `${realFee} ${status}`)).toEqual(
      Array.from({ length: 3 }, () => '300 SUCCESS'),
    )
    expect(await codes()).toEqual([])
    const { json } = await runToEnd(['ledger', 'verify', '--data', lot.dir])
    expect(json).toMatchObject({ ok: true })
  })
})
