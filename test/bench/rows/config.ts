// Opening a lot: reading, parsing and checking lot.json and its tariff, against reading and parsing
// the same two files without checks.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'
import { bareLot } from '../../kit/bare-lot.ts'

const roundMs = 120
const roundCount = roundsOf(15)

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = bareLot({
    rsu: new Map([['exit', 'tcp://127.0.0.1:60001?variant=generic-ver']]),
    camera: new Map([
      ['entry', 'push:hikvision'],
      ['exit', 'push:hikvision'],
    ]),
    barrier: new Map([
      ['entry', 'tcp://127.0.0.1:60002'],
      ['exit', 'tcp://127.0.0.1:60003'],
    ]),
    capacity: 100,
  })
  writeLot(dir, lot, null)
  const files = ['lot.json', 'tariff.json'].map((name) => join(dir, name))
  const pairs = await rounds(
    roundCount,
    () =>
      perSecond(roundMs, () => {
        loadLot(dir)
        return 1
      }),
    () =>
      perSecond(roundMs, () => {
        for (const file of files) JSON.parse(readFileSync(file, 'utf8'))
        return 1
      }),
  )
  const peerName = 'readFileSync + JSON.parse of the same files'
  return [resultOf({ metric: 'config open', unit: '1/s', peerName, better: 'higher' }, pairs)]
}

export const configRow: BenchRow = { run: () => inFolder(measure) }
