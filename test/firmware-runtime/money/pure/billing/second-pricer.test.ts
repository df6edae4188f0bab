// Stays of random tariffs against a second pricer in another language, written from docs/tariffs.md, to the fen.
// 5,000 stays of 200 tariffs; `npm run test:full` does 100,000 of 4,000.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { price } from '#money/pure/billing/price.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { seeded, TariffMaker, type TestStay } from './random-tariffs.ts'

const program = fileURLToPath(new URL('second-pricer.py', import.meta.url))
const staysEach = 25
const full = process.env['ETC_LANE_SCALE'] === 'full'
const tariffs = full ? 4000 : 200

interface Work {
  readonly tariff: Tariff
  readonly stays: readonly TestStay[]
}

function works(seed: number): readonly Work[] {
  const maker = new TariffMaker(seeded(seed))
  return Array.from({ length: tariffs }, () => ({
    tariff: maker.tariff(),
    stays: Array.from({ length: staysEach }, () => maker.stay()),
  }))
}

/** The prices of the second pricer. */
function secondPrices(all: readonly Work[]): readonly (readonly number[])[] {
  const input = all.map(({ tariff, stays }) =>
    JSON.stringify({
      tariff,
      stays: stays.map(({ fromMs, toMs, vehicle: v }) => [
        ...[fromMs, toMs, v.vehicleClass, v.colour, v.area],
      ]),
    }),
  )
  const ran = spawnSync('python3', [program], {
    input: input.join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  expect(ran.stderr).toBe('')
  const lines = ran.stdout.trim().split('\n')
  return lines.map((line): readonly number[] => JSON.parse(line))
}

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)('random stays of random tariffs cost what the second pricer says', () => {
  const all = works(20_261_122)
  const second = secondPrices(all)
  const wrong: unknown[] = []
  const rules = new Map<string, number>()
  let compared = 0
  for (const [t, { tariff, stays }] of all.entries())
    for (const [s, { fromMs, toMs, vehicle }] of stays.entries()) {
      const { amountFen, lines } = price(tariff, fromMs, toMs, vehicle)
      for (const { rule } of lines) rules.set(rule, (rules.get(rule) ?? 0) + 1)
      compared++
      const theirs = second[t]?.[s]
      if (theirs !== amountFen && wrong.length < 3)
        wrong.push({ amountFen, theirs, fromMs, toMs, vehicle, lines, tariff })
    }
  expect(wrong).toEqual([])
  expect(compared).toBe(tariffs * staysEach)
  for (const rule of ['free', 'first', 'next', 'visit', 'cap', 'package'])
    expect(rules.get(rule) ?? 0, rule).toBeGreaterThan(tariffs / 8)
})
