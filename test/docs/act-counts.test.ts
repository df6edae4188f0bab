// The counts by which the acceptance judges friendliness (10.3.2.3) are those of the recorded walks, as
// docs/usability.md shows them. After recording a walk again: ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs writes
// them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ActCounts } from '#ledger/pure/facts.ts'
import { keptWalks } from './walk-block.ts'

const file = join(import.meta.dirname, '../../firmware-runtime/acceptance/pure/act-counts.json')
const ways = ['setup', 'mouse', 'keys', 'survey'] as const satisfies readonly (keyof ActCounts)[]

function counted(): ActCounts {
  const walks = keptWalks()
  const actsOf = (way: keyof ActCounts): number =>
    walks[way].reduce(
      (sum, { acts, clicks, keys }) => sum + (way === 'setup' ? (acts ?? 0) : clicks + keys),
      0,
    )
  return Object.fromEntries(ways.map((way) => [way, actsOf(way)])) as unknown as ActCounts
}

const text = `{ ${ways.map((way) => `"${way}": ${counted()[way]}`).join(', ')} }\n`
if (process.env['ETC_LANE_WRITE_DOCS'] === '1') writeFileSync(file, text)

it('are the acts of the kept walks', () => {
  expect(readFileSync(file, 'utf8'), 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs').toBe(
    text,
  )
})
