// The contract of the port `Orders` (contract-cases.ts) by each of its implementations: the access system in process, the same
// one over HTTP, which must not differ in any answer or event, and the simulated access system.
import { describe, expect, it } from 'vitest'
import { contractCases } from './contract-cases.ts'
import { inProcess, overHttp } from './contract-lots.ts'
import { simulated } from './contract-sim.ts'
import { played, type Case, type Charge } from './contract.ts'

const charges = ['card', 'online'] as const
const runs = contractCases.flatMap((one) =>
  charges
    .filter((charge) => one.charge === undefined || one.charge === charge)
    .map((charge): readonly [string, Charge, Case] => [one.rule, charge, one]),
)

describe('the access system', () => {
  it.each(runs)('%s, by %s', async (_rule, charge, one) => {
    const direct = await played(one, inProcess(one, charge), charge)
    expect(await played(one, await overHttp(one, charge), charge)).toEqual(direct)
  })
})

describe('the simulated access system', () => {
  const own = runs.filter(([, charge, { needs }]) => charge === 'online' && needs === undefined)
  it.each(own)('%s, by %s', async (_rule, charge, one) => {
    await played(one, simulated(), charge)
  })
})
