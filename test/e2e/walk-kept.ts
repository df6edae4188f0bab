// The recorded walks: the last counts, and the comparison that allows no growth.
// `ETC_LANE_WRITE_DOCS=1` records a shorter walk; a longer one is never recorded.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { grown, type CountedJob, type WalkId, type Walks, type WalkStep } from './walk-model.ts'

const file = join(import.meta.dirname, 'walk-budget.json')

/** The counted jobs of jobs.test.ts; a shorter one is recorded like a walk. */
export function keepJobs(jobs: readonly CountedJob[]): void {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Walks
  if (process.env['ETC_LANE_WRITE_DOCS'] === '1')
    writeFileSync(file, `${JSON.stringify({ ...kept, jobs }, null, 2)}\n`)
  else expect(jobs).toEqual(kept.jobs)
}

/** What a person does and how often, without Tabs, whose number depends on what has appeared. */
const doneIn = (steps: readonly WalkStep[]): unknown =>
  steps.map(({ does, clicks, acts }) => ({ does, clicks, acts }))

/**
 * `tabs`: a walk by Tab through pages whose stops appear and disappear while devices answer. Its
 * sums of keys and time may differ from the record by that many Tabs, out of about a hundred.
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
