// A lot under `etc-lane run` whose tariff depends on the vehicle class: the simulated antenna reports the OBU's class,
// the card is charged that price, its line says so, and another tariff replayed over the ledger uses that class.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { lifted } from '../firmware-runtime/money/pure/billing/version-1.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const visit = (visitFen: number) => ({
  freeMin: 0,
  freeMinutesCounted: true,
  stepsRestart: 'never' as const,
  bands: [{ from: '00:00', to: '24:00', visitFen }],
  caps: {},
})
const byClass = (busFen: number): Tariff => {
  const plans = [{ when: { classes: [2] }, ...visit(busFen) }, visit(300)]
  return { ...lifted(), editions: [{ graceAfterPayMin: 15, plans }] }
}

const lot = new RunLot({
  variant: 'generic-ver',
  rsuLink: 'tcp',
  charge: 'card',
  tariff: JSON.stringify(byClass(700)),
})
runsForFile(lot)

test('a car of class 2 pays what its OBU says it is', async () => {
  await lot.comes('entry')
  await lot.leaves('entry')
  const { rsu } = lot.harness.sims('exit')
  await rsu?.admin('POST', '/cars', { ...obu, vehicleClass: 2 })
  await lot.comes('exit')
  await lot.leaves('exit')
  const rows = ledgerRows(lot.dir)
  const orders = rows.flatMap((row) => (row.kind === 'orderMade' ? [row] : []))
  expect(orders.map(({ amountFen }) => amountFen)).toEqual([300, 700])
  expect(orders[1]?.body).toMatchObject({ plate, vehicle: { vehicleClass: 2 } })
  expect(orders[1]?.body.lines[0]).toMatchObject({ rule: 'class', amountFen: 0 })
  const paid = rows.flatMap((row) => (row.kind === 'payment' ? [row] : []))
  expect(paid).toMatchObject([{ amountFen: 700, orderId: orders[1]?.orderId }])
  const books = await rsu?.admin<{ cards: { debits: { amountFen: number }[] }[] }>('GET', '/books')
  expect(books?.cards.flatMap(({ debits }) => debits.map((d) => d.amountFen))).toEqual([700])
  const file = join(lot.dir, 'dearer.json')
  writeFileSync(file, JSON.stringify(byClass(1000)))
  const replay = await runToEnd(['tariff', 'replay', '--data', lot.dir, '--file', file, '--json'])
  expect(replay.json).toMatchObject({ stays: 1, before: 700, after: 1000 })
})
