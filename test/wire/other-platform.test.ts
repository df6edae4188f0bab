// The platform of a lot is changed while a charge has no answer: two platforms over real HTTPS, each with its own
// certificates. The first one took the charge; the second is never asked to take it, and a person settles it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { newFolder, Program, runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot({ charge: 'online', offline: 'settle-later', tariff: nothingFree })
const { dir, harness } = lot
const charges = '/v1/etc/exit-charges'
const who = ['--by', '老板', '--reason', '原平台的账上有这笔']

interface Page {
  readonly count: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}
const first = () => present(harness.platform, 'the lot has a platform')
const fault = (method: string) =>
  first().admin('POST', '/faults', {
    at: `${method} ${charges}`,
    when: 'after',
    do: 'drop',
    times: 99,
  })
const status = async () => (await runToEnd(['queue', 'status', '--data', dir])).json

runsForFile(lot)

it('holds a charge that the platform of before has, and the new one never gets it', async () => {
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, plate })
  await fault('POST')
  await fault('GET')
  await lot.comes('exit', { plate, colour: 'blue' })
  const books = () => first().admin<Page>('GET', '/books?kind=exit-charges&limit=9')
  const [charge] = (await eventually(books, ({ count }) => count === 1, { of: lot.of })).rows
  // Without an answer the car drives out and is settled later.
  await lot.leaves('exit')
  await lot.run.stop('SIGKILL')

  const place = join(newFolder(), 'certs')
  const start = ['platform-sim', '--listen', 'https://127.0.0.1:0', '--certs', place]
  const second = new Program([...start, '--admin', 'http://127.0.0.1:0'])
  const { endpoints } = (await second.line(({ event }) => event === 'ready')) as never as {
    endpoints: Record<'baseUrl' | 'caFile' | 'appId' | 'certDir' | 'admin', string>
  }
  const file = join(dir, 'lot.json')
  const { baseUrl: url, caFile, certDir, appId } = endpoints
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, platform: { url, caFile, certDir, appId } }))
  await lot.start('exit')

  expect(await status()).toMatchObject({ byState: { held: 1 } })
  const { json: aside } = await runToEnd(['queue', 'held', '--data', dir])
  const [held] = aside['rows'] as { why: string; businessNo: string; mayRelease: boolean }[]
  expect(held).toMatchObject({ businessNo: charge?.['outTradeNo'], mayRelease: false })
  expect(held?.why).toMatch(/^otherPlatform /)

  const intent = present(
    ledgerRows(dir).findLast(({ kind }) => kind === 'intent'),
    'an intent',
  )
  // A person settles it by the first platform's record.
  const settle = ['stays', 'settle', '--data', dir, '--found', 'paid', ...who]
  const id = present(intent.deductionId, 'its deduction')
  expect((await runToEnd([...settle, '--deduction', id])).json).toMatchObject({ ok: true })
  expect(await status()).toMatchObject({ exposureFen: 0 })
  const answer = await fetch(`${endpoints.admin}/books?kind=exit-charges&limit=9`)
  expect(await answer.json()).toMatchObject({ count: 0 })
  const verified = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(verified.json).toMatchObject({ ok: true, sums: { paidFen: charge?.['realFee'] } })
})
