// Each planted bug still finds its place in the code. The tests that plant them run in a whole run alone; a bug without
// a place shows nothing, so its place is looked for here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plantedBugs } from '../planted/bugs.ts'
import { siteBugs } from '../planted/site-bugs.ts'
import { unitBugs } from '../planted/unit-bugs.ts'

const runtime = join(import.meta.dirname, '..', '..', 'firmware-runtime')

it('finds the place of each planted bug once', () => {
  const all = [...plantedBugs, ...siteBugs, ...unitBugs]
  expect(all.length).toBeGreaterThan(50)
  const lost = all.flatMap(({ name, file, find }) => {
    const times = readFileSync(join(runtime, file), 'utf8').split(find).length - 1
    return times === 1 ? [] : [`${name}: ${times} times in ${file}`]
  })
  expect(lost).toEqual([])
})
