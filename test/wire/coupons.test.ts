// Coupons and points of a lot under `etc-lane run`, by commands: used for a car inside, the runtime is killed at once,
// and after the restart they are used once; ETC takes the rest. Killed while issuing: all or none exist.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CouponsView } from '#money/calls/coupon-views.ts'
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const { tariff } = checkTariff(JSON.parse(nothingFree), 'tariff.json')
const points = { perYuan: 1, perVisit: 0, validDays: 30, fenPerPoint: 10, stayFenMax: 500 }
const earning = JSON.stringify({
  ...tariff,
  editions: tariff.editions.map((edition) => ({ ...edition, points })),
})
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: earning })
const { dir } = lot
const by = ['--by', '店主', '--reason', '商户']
const coupons = (...words: string[]) => runToEnd(['coupons', ...words, '--data', dir])
const pointsOf = (...words: string[]) => runToEnd(['points', ...words, '--data', dir])
const listed = () => lot.run.call<CouponsView>('coupons.list')

runsForFile(lot)

test('used and killed at once: it is that car alone that has it, and ETC takes what is left', async () => {
  const table = join(dir, 'coupons.csv')
  const batch = 'A,面馆,减金额,1.00,1,2020-01-01,2099-12-31'
  writeFileSync(table, `批次,商户,优惠,数值,张数,起始日,截止日\n${batch}\n`)
  const brought = () => coupons('import', '--file', table, '--write', ...by)
  expect((await brought()).json).toMatchObject({ written: true, added: [{ count: 1 }], same: 0 })
  expect((await brought()).json).toMatchObject({ added: [], same: 1 })
  const { csv } = (await coupons('export')).json as { readonly csv: string }
  const code = /^(YH\w+),A,面馆,减金额,1\.00,/m.exec(csv)?.[1] ?? ''
  await lot.comes('entry')
  await lot.leaves('entry')
  const use = () => coupons('use', '--code', code, '--plate', plate, ...by)
  expect((await use()).json).toMatchObject({ ok: true })
  const car = ['--kind', 'points', '--name', '赵', '--plates', plate, '--from', '2020-01-01']
  await runToEnd(['members', 'issue', '--data', dir, '--no', 'P-1', ...car, ...by])
  const file = join(dir, 'points.csv')
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  writeFileSync(file, `编号,积分,截止日\nP-1,15,${until}\n`)
  await pointsOf('import', '--file', file, '--write', ...by)
  const spend = () => pointsOf('use', '--points', '10', '--plate', plate, ...by)
  expect((await spend()).json).toMatchObject({ ok: true })
  await lot.run.stop('SIGKILL')
  expect(await brought()).toMatchObject({ code: 2, json: { error: { code: 'RUN-02' } } })
  await lot.start('exit')
  expect(await spend()).toMatchObject({ code: 2, json: { error: { code: 'POINTS-01' } } })
  expect((await pointsOf('list')).json).toMatchObject({ rows: [{ no: 'P-1', points: 5 }] })
  expect(await use()).toMatchObject({ code: 2, json: { error: { code: 'COUPON-05' } } })
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', obu)
  await lot.comes('exit')
  await lot.leaves('exit')
  const order = ledgerRows(dir).findLast(({ kind }) => kind === 'orderMade')
  const both = [{ code, amountFen: 100 }, { amountFen: 100 }]
  expect(order).toMatchObject({ body: { coupons: both, earns: { no: 'P-1', perYuan: 1 } } })
  const paid = ledgerRows(dir).findLast(({ kind }) => kind === 'payment')
  expect([paid?.amountFen, paid?.kind]).toEqual([order?.amountFen, 'payment'])
  expect((await listed()).rows).toMatchObject([{ coupon: { code }, state: 'spent' }])
})

test('X05 killed while coupons are issued: all of them or none', async () => {
  const count = 200
  for (const turns of [0, 4, 8]) {
    const before = (await listed()).count
    const args = { merchant: 'm', kind: 'whole', value: 0, count, from: '2020-01-01' }
    const act = { commandId: `issue-000${turns}`, by: '店主', reason: '商户' }
    const sent = lot.run
      .call('coupons.issue', { ...args, until: '2099-01-01', ...act })
      .catch(() => null)
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
    await lot.run.stop('SIGKILL')
    await sent
    await lot.start('exit')
    expect([before, before + count]).toContain((await listed()).count)
  }
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
