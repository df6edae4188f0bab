// The kept walks: what was counted last, and the comparison that lets nothing grow.
// `ETC_LANE_WRITE_DOCS=1` writes down a shorter way; a longer one is never written.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { grown, type WalkId, type Walks, type WalkStep } from './walk-model.ts'

const file = join(import.meta.dirname, 'walk-budget.json')

export function keepWalk(id: WalkId, steps: readonly WalkStep[]): void {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Walks>
  const was = kept[id]
  if (was !== undefined) expect(grown(steps, was), `the walk ${id}`).toEqual([])
  if (process.env['ETC_LANE_WRITE_DOCS'] === '1')
    writeFileSync(file, `${JSON.stringify({ ...kept, [id]: steps }, null, 2)}\n`)
  else expect(steps).toEqual(was)
}
