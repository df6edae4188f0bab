// A car that drives through the field of a running lot's simulated antenna leaves one line of numbers for the
// survey without an instrument, and no plate; the command names what is unknown, with the lot running and stopped.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { factOf } from '#survey/pure/passing/facts.ts'
import { runToEnd } from './kit/live-program.ts'
import { runsForFile } from './kit/running-lot.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir } = lot
const obuIds: string[] = []
const ask = (...more: string[]) =>
  runToEnd(['survey', 'passing', '--data', dir, '--lane', 'exit', ...more])

runsForFile(lot)

test('paid passages are lines of numbers when the lanes have stopped', async () => {
  const cars = carMaker(trafficMixes.clean, 3)
  // A late poll on a busy machine makes a loop unknown for a moment, and its car gives no line.
  for (let n = 0; n < 3; n++) {
    const car = cars.next()
    const { rsu } = lot.harness.sims('exit')
    await lot.goesIn('entry', car)
    await rsu?.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
    await lot.goesIn('exit', car)
    await rsu?.admin('DELETE', `/cars/${car.obu?.obuId ?? ''}`)
    if (car.obu !== null) obuIds.push(car.obu.obuId)
  }
  const begun = await ask('--begin', '--by', '装机员', '--reason', '调整了俯角')
  expect(begun).toMatchObject({ code: 0, json: { ok: true, repeated: false } })
  const running = await ask()
  expect(running).toMatchObject({ code: 0, json: { ok: true, laneId: 'exit' } })
  // The lot file does not contain the positions of its loops.
  expect(running.json['estimate']).toMatchObject({ entry: { known: false, why: 'noMeasures' } })
  expect(running.json['since']).toMatchObject({ skip: expect.any(Number) as number })
  await lot.run.stop('SIGTERM')
  const folder = join(dir, 'passing', 'exit')
  expect(existsSync(join(dir, 'passing', 'entry'))).toBe(false)
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.csv'))
  const lines = readFileSync(join(folder, present(file, 'a day')), 'utf8')
  const facts = lines.split('\n').flatMap((line) => factOf(line) ?? [])
  expect(facts.length).toBeGreaterThan(0)
  for (const fact of facts) {
    if (fact.kind !== 'passage') throw new Error('nobody is in the lane beside')
    expect(fact.tries).toBeGreaterThan(0)
    expect(fact.searchOnMs ?? -1).toBeGreaterThan(0)
    expect(fact.firstMs ?? -1).toBeGreaterThanOrEqual(fact.searchOnMs ?? 0)
    expect(fact.underOffMs).toBeGreaterThan(fact.underOnMs)
  }
  for (const obuId of obuIds) expect(lines).not.toContain(obuId)
  const rests = await ask()
  expect(rests).toMatchObject({ code: 0, json: { ok: true, estimate: { usable: 0 } } })
  expect((rests.json['words'] as { entry: { zh: string } }).entry.zh).toContain('不知道')
})
test('a lane without an antenna is refused', async () => {
  const entry = await runToEnd(['survey', 'passing', '--data', dir, '--lane', 'entry'])
  expect(entry).toMatchObject({ code: 2, json: { error: { code: 'SET-04' } } })
})
