// Matching under a gantry while cameras misread 2, 5 and 10 % of the plates: two seeded days of a real trace in 7.2.1.
// A misread plate costs a charge; no car pays for another one, except where the camera read exactly its plate.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simulateOpen } from '#harness/lot/open-sim.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { readTrace, traceTraffic } from '#simulators/traffic/trace.ts'
import { trafficOfTrace } from '#simulators/traffic/traffic.ts'
import { folderOfTest } from '../kit/own-folder.ts'
import { theaterwall } from '../wire/kit/program.ts'

/** The least share of cars that can pay and do, in permille: misread departures and short stays are the rest. */
it.each([
  [0, 990],
  [20, 960],
  [50, 900],
  [100, 820],
])('%i permille misread', (misread, recallMin) => {
  const dir = folderOfTest('etc-lane-misreads-')
  const file = theaterwall(dir)
  const trace = traceTraffic(readTrace(readFileSync(file), file), { days: 2 })
  const traffic = trafficOfTrace(trace, {
    seed: 1,
    mix: { ...trafficMixes.clean, misread, fleet: 300 },
  })
  const run = { seed: 1, nodeId: 'n1', layout: '7.2.1', variant: 'generic-bcc' } as const
  const money = { charge: 'online', offline: 'settle-later', faults: 'none' } as const
  simulateOpen({ ...run, ...money, dir: join(dir, 'lot'), traffic }, (_lot, { site, report }) => {
    const { precisionPermille = 0, recallPermille = 0, paidByOwn = 0, paidByOther } = site
    process.stdout.write(
      `${misread} permille misread: precision ${precisionPermille}, recall ${recallPermille}, ${paidByOwn} paid\n`,
    )
    expect(report.violations).toEqual([])
    expect(paidByOwn).toBeGreaterThan(100)
    expect([precisionPermille, paidByOther]).toEqual([1000, 0])
    expect(recallPermille).toBeGreaterThanOrEqual(recallMin)
  })
})
