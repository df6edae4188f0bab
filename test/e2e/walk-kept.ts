// The kept walks: what was counted last, and the comparison that lets nothing grow.
// `ETC_LANE_WRITE_DOCS=1` writes down a shorter way; a longer one is never written.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { grown, type WalkId, type Walks, type WalkStep } from './walk-model.ts'

const file = join(import.meta.dirname, 'walk-budget.json')

/** What a person does, and how often; by Tab, the number of stops on the way depends on what has come. */
const doneIn = (steps: readonly WalkStep[]): unknown =>
  steps.map(({ does, clicks, acts }) => ({ does, clicks, acts }))

/**
 * `tabs`: a walk by Tab, through pages where a stop comes or goes while answers of devices come. Its
 * sums of keys and of time may differ from what was kept by that many Tabs, of about a hundred.
 */
export function keepWalk(id: WalkId, steps: readonly WalkStep[], tabs = 0): void {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Walks>
  const was = kept[id]
  if (was !== undefined) expect(grown(steps, was, tabs), `the walk ${id}`).toEqual([])
  if (process.env['ETC_LANE_WRITE_DOCS'] === '1')
    writeFileSync(file, `${JSON.stringify({ ...kept, [id]: steps }, null, 2)}\n`)
  else if (tabs === 0) expect(steps).toEqual(was)
  else expect(doneIn(steps)).toEqual(doneIn(was ?? []))
}
