// A large amount at the exit (5.2.1 d): the card is not charged before a person has released exactly this amount; then
// ETC goes on, once, in both charge modes, checked with the platform's books, the ledger's rows and the boom.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { obu } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'

const feeFen = 300
const lots: RunLot[] = []
afterAll(async () => {
  for (const lot of lots) await lot.close()
})

interface PlatformState {
  readonly records: number
  readonly amountFen: number
}

describe.each(['online', 'card'] as const)('charged by %s', (charge) => {
  it('goes on by ETC when a person has released it, once and for that amount alone', async () => {
    const lot = new RunLot({ charge, variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
    lots.push(lot)
    await lot.startSims()
    const file = join(lot.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...config, largeAmountFen: feeFen - 1 }))
    await lot.start('exit')
    const platform = present(lot.harness.platform, 'a platform runs')
    const books = () => platform.admin<PlatformState>('GET', '/state')
    const taken = (): readonly string[] =>
      ledgerRows(lot.dir).flatMap(({ kind }) =>
        kind === 'intent' || kind === 'payment' ? [kind] : [],
      )
    await lot.comes('entry')
    await lot.leaves('entry')
    await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu })
    await lot.comes('exit')
    const asked = await lot.until('exit', ({ car }) => car?.manual === 'largeAmount')
    expect(asked).toMatchObject({ state: 'manual', car: { dueFen: feeFen, obuId: null } })
    expect([taken(), asked.barrier.position]).toEqual([[], 'closed'])
    expect(await books()).toMatchObject({ records: 0, amountFen: 0 })

    const release = (amountFen: number, commandId: string) =>
      lot.run.call('lane.release', {
        laneId: 'exit',
        orderId: asked.car?.orderId,
        amountFen,
        by: '店主',
        reason: '核对无误',
        commandId,
      })
    await expect(release(feeFen + 1, 'release-0')).rejects.toThrow(/LANE|ACT/)
    expect(taken()).toEqual([])
    expect(await release(feeFen, 'release-1')).toMatchObject({ repeated: false })
    expect(await release(feeFen, 'release-1')).toMatchObject({ repeated: true })
    await lot.leaves('exit')
    expect(taken()).toEqual(['intent', 'payment'])
    const [paid] = ledgerRows(lot.dir).filter(({ kind }) => kind === 'payment')
    expect(paid).toMatchObject({ amountFen: feeFen, orderId: asked.car?.orderId })
    expect(await eventually(books, ({ records }) => records > 0, { of: lot.of })).toMatchObject({
      records: 1,
      amountFen: feeFen,
    })
    await expect(release(feeFen, 'release-2')).rejects.toThrow(/LANE|ACT/)
    expect(taken()).toEqual(['intent', 'payment'])
  })
})
