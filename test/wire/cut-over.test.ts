// A lot that takes over from another system, under `etc-lane run`, by commands: of the cars inside from a file all or
// none exist after a kill; one of them drives out and pays; a recount closes the stays of those that are gone.
import type { AnswerOf } from '#runtime/api/table.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { InsideView } from '#lane/calls/inside-views.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { runsForFile } from './kit/running-lot.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir } = lot
const by = ['--by', '店主', '--reason', '换系统']
const inside = (...words: string[]) => runToEnd(['inside', ...words, '--data', dir])
const listed = async () => (await lot.run.call<InsideView>('inside.list')).rows
const head = '车牌,颜色,入场时间,车道'

runsForFile(lot)

test('X05 killed while cars are brought in: all of them or none', async () => {
  for (const [round, letter] of ['X', 'Y', 'Z'].entries()) {
    const before = (await listed()).length
    const lines = Array.from(
      { length: 900 },
      (_, i) => `测${letter}${String(i).padStart(5, '0')},蓝,2024-11-01 08:00,`,
    )
    const text = [head, ...lines].join('\r\n')
    const { digest } = await lot.run.call<AnswerOf<'inside.compare'>>('inside.compare', { text })
    const args = { text, digest, commandId: `import-000${round}`, by: '店主', reason: '换系统' }
    const written = lot.run.call('inside.import', args).catch(() => null)
    for (let turn = 0; turn < round * 8; turn++) await new Promise(setImmediate)
    if (round === 2) await written
    await lot.run.stop('SIGKILL')
    await written
    await lot.start('exit')
    const after = (await listed()).length
    expect([before, before + 900]).toContain(after)
    if (round === 2) expect(after).toBe(before + 900)
  }
})

test('a car of the file drives out and pays, and a recount leaves those that are there', async () => {
  const file = join(dir, 'cars.csv')
  writeFileSync(file, [head, `${plate},蓝,2024-11-01 08:00,`, '车,蓝,昨天,'].join('\r\n'))
  expect(await inside('import', '--file', file, '--write', ...by)).toMatchObject({
    code: 1,
    json: {
      ok: false,
      written: false,
      bad: [
        { line: 3, field: '车牌' },
        { line: 3, field: '入场时间' },
      ],
    },
  })
  writeFileSync(file, [head, `${plate},蓝,2024-11-01 08:00,`].join('\r\n'))
  expect((await inside('import', '--file', file, '--write', ...by)).json).toMatchObject({
    written: true,
    added: [{ plate }],
  })
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, balanceFen: 900_000 })
  await lot.comes('exit')
  await lot.until('exit', ({ state }) => state === 'manual' || state === 'opening')
  const order = ledgerRows(dir).findLast(({ kind }) => kind === 'orderMade')
  expect(order?.amountFen).toBeGreaterThan(0)
  const count = (await listed()).length
  writeFileSync(file, `测Z00001\r\n${plate}\r\n测Q99999\r\n`)
  const counted = await inside('recount', '--file', file, '--write', ...by)
  expect(counted.json).toMatchObject({ written: true, inside: count, notKnown: ['测Q99999'] })
  expect((await listed()).map((row) => row.plate).sort()).toEqual(['测Z00001', plate].sort())
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
