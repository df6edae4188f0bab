// A lot whose platform uses the international suite (P7), and one whose platform requires sealed plates (P8), each over
// real HTTPS with separate processes: a car is charged, a backlog goes in a file, and the money of both sides agrees. A
// lot whose setting and certificates disagree does not start.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queueCommand } from '#runtime/commands/queue.ts'
import { present } from '#base/pure/values/must.ts'
import { said } from './kit/backup-lot.ts'
import { cleanUp, runToEnd } from './kit/live-program.ts'
import { plate } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { startPlatform, TransferLot } from './kit/transfer-lot.ts'
import { eventually } from '../kit/eventually.ts'

afterAll(cleanUp)

interface Charges {
  readonly count: number
  readonly totalFen: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}
const chargesOf = (lot: RunLot): Promise<Charges> =>
  present(lot.harness.platform, 'the lot has a platform').admin<Charges>(
    'GET',
    '/books?kind=exit-charges&limit=100',
  )
const stateOf = (lot: RunLot) =>
  present(lot.harness.platform, 'a platform').admin<Record<string, unknown>>('GET', '/state')

const logOf = async (lot: RunLot): Promise<string> =>
  JSON.stringify(
    await present(lot.harness.platform, 'a platform').admin<Record<string, unknown>>('GET', '/log'),
  )

function sets(lot: RunLot, over: object): void {
  const file = join(lot.dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { platform: object }
  writeFileSync(file, JSON.stringify({ ...config, platform: { ...config.platform, ...over } }))
}

describe.each([
  ['online', 'RSA_AES', false],
  ['card', 'RSA_AES', true],
  ['online', 'GM', true],
] as const)('%s, %s, vehicle ids sealed: %s', (charge, suite, encryptVehicleIds) => {
  const lot = new RunLot({ charge, suite, tariff: nothingFree, variant: 'generic-bcc' })
  beforeAll(async () => {
    await lot.startSims()
    sets(lot, { encryptVehicleIds })
    const platform = present(lot.harness.platform, 'a platform')
    await platform.admin('POST', '/policy', { encryptVehicleIds })
    await lot.start('exit')
  })
  afterAll(() => lot.close())

  it('a car is charged once, and ledger and platform have the same fen', async () => {
    expect(await stateOf(lot)).toMatchObject({ suite })
    const car = { plate, colour: 'blue' }
    await lot.goesIn('entry', car)
    await lot.until('entry', ({ state }) => state === 'idle')
    const payment = await lot.paysByEtc('exit', car)
    const { count, totalFen, rows } = await eventually(
      () => chargesOf(lot),
      (page) => page.count === 1,
      { of: lot.of },
    )
    const { json } = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'payment'])
    const paid = json['rows'] as { amountFen: number }[]
    expect(payment).toBeDefined()
    expect([count, totalFen]).toEqual([1, paid.reduce((sum, one) => sum + one.amountFen, 0)])
    expect(totalFen).toBeGreaterThan(0)
    expect(rows[0]).toMatchObject({ status: 'SUCCESS' })
    expect(await logOf(lot)).toContain('POST /v1/psam/sign-in')
    expect(await logOf(lot)).not.toMatch(/"(?:20001[12]|4000\d\d)"/)
  })
})

describe.each(['GM', 'RSA_AES'] as const)('a backlog under %s', (suite) => {
  it('goes in sealed files, and each record alone where its plate has to be sealed', async () => {
    const platform = await startPlatform('--suite', suite)
    const lot = new TransferLot(platform, { suite, encryptVehicleIds: true, pacePerMin: 12_000 })
    await lot.admin('POST', '/policy', { encryptVehicleIds: true })
    const drained = (...more: string[]) =>
      said(queueCommand, ['drain', '--data', lot.dir, '--within', '30', ...more])
    lot.adds(6)
    expect(await drained('--files')).toMatchObject({ ok: true, before: 6, unsent: 0 })
    expect(JSON.stringify(await lot.admin('GET', '/log'))).toContain('/v1/files/exit-trades')
    lot.adds(6)
    expect(await drained()).toMatchObject({ ok: true, before: 6, unsent: 0 })
    expect(lot.ends()).toEqual(Array<string>(12).fill('confirmed'))
    const { totalFen } = await lot.admin('GET', '/books?kind=exit-charges')
    // Of twelve records every third is an exception.
    expect(totalFen).toBe(8 * 500)
  })

  it('stays where it is while plates go in clear to a platform that asks for sealed ones', async () => {
    const platform = await startPlatform('--suite', suite)
    const lot = new TransferLot(platform, { suite, pacePerMin: 12_000 })
    await lot.admin('POST', '/policy', { encryptVehicleIds: true })
    lot.adds(2)
    await said(queueCommand, ['drain', '--data', lot.dir, '--within', '3'])
    expect(await lot.books()).toEqual([])
    expect(lot.ends()).not.toContain('confirmed')
    expect(JSON.stringify(await lot.admin('GET', '/log'))).toContain('200012')
  })
})

describe.each([
  ['RSA_AES', 'GM'],
  ['GM', 'RSA_AES'],
] as const)('certificates of %s under a setting of %s', (made, suite) => {
  it('are refused when the lot is loaded, with file, field and value', async () => {
    const lot = new TransferLot(await startPlatform('--suite', made), { suite })
    const refused = { code: 'LOT-02', field: '/platform/suite', value: suite }
    const file = join(lot.dir, 'lot.json')
    for (const command of [
      ['lot', 'check', '--data', lot.dir],
      ['run', '--data', lot.dir],
    ]) {
      const { code, json } = await runToEnd(command)
      expect(code).not.toBe(0)
      expect(json).toMatchObject({ error: { ...refused, file } })
      expect(JSON.stringify(json)).toContain(made)
    }
  })
})
