// Prices a second: stays of up to three days under a tariff with day, night and weekend bands, caps and packages,
// and under the demo's single band, against a bare sum: a division, a product and a daily cap.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { readTariff } from '#lane/lot/files/tariff-file.ts'
import { price } from '#money/pure/billing/price.ts'
import { unknownVehicle, type Tariff } from '#money/pure/billing/tariff.ts'
import { perSecond, resultOf, rounds, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'

const roundMs = 120
const roundCount = roundsOf(15)
const startMs = 1_795_156_200_000
const hourMs = 3_600_000
const stays = Array.from({ length: 500 }, (_, n) => {
  const fromMs = startMs + n * 3_777_001
  return { fromMs, toMs: fromMs + ((n * 7_919) % 4_320) * 60_000 }
})

/** Collects the results, so that the engine cannot drop a pass as unused. */
let sink = 0

function bareSum(): number {
  for (const { fromMs, toMs } of stays) {
    const hours = Math.ceil((toMs - fromMs) / hourMs)
    const days = Math.floor(hours / 24)
    sink ^= days * 2000 + Math.min(2000, 100 + (hours - days * 24) * 200)
  }
  return stays.length
}

function priced(tariff: Tariff): number {
  const vehicle = { ...unknownVehicle, colour: 'blue' } as const
  for (const { fromMs, toMs } of stays) sink ^= price(tariff, fromMs, toMs, vehicle).amountFen
  return stays.length
}

/** The example tariff of docs/tariffs.md. */
function bandsOfThePage(): Tariff {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/tariffs.md'), 'utf8')
  return readTariff(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '', 'docs/tariffs.md').tariff
}

async function run(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  const peerName = 'one division, product and cap a stay, without lines'
  for (const [metric, tariff] of [
    ['tariff of one band with a daily cap', demoTariff],
    ['tariff of day and night with caps and packages', bandsOfThePage()],
  ] as const) {
    const pairs = await rounds(
      roundCount,
      () => perSecond(roundMs, () => priced(tariff)),
      () => perSecond(roundMs, bareSum),
    )
    results.push(resultOf({ metric, unit: 'prices/s', peerName, better: 'higher' }, pairs))
  }
  return results
}

export const tariffRow: BenchRow = { run }
