// The recipe "a lane mode" of CONTRIBUTING.md with a made-up layout: one file. The members of a layout are tested by
// toy-layout.test.ts with other lanes.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { repository } from '../kit/program.ts'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const files = {
  'firmware-runtime/lane/pure/layouts/toy.ts': `// A layout that is made up: the lanes of 7.1.1 under a name of its own.
// Nothing else is written for it.
import { defineLayout } from './layout.ts'
import { entry, exit } from './no-booth.ts'

export const toy = defineLayout({ clause: 'T.1', lanes: { entry, exit } })
`,
}
const trace = join(repository, '../shared/traces/oldenburg-theaterwall-74-spaces-2025q2.csv')

let tree: RecipeTree
beforeAll(async () => {
  tree = await treeWith(1, files)
})
afterAll(cleanUp)

it('is in the help, and takes the cars of a day', async () => {
  const { stdout } = await tree.run('replay', '--help')
  expect(stdout).toContain('7.1.1|7.1.2|7.1.3|7.1.4|7.1.5|T.1')
  const day = ['--trace', trace, '--days', '1', '--layout', 'T.1', '--data', newFolder(), '--json']
  const { ok, entries, deductions } = JSON.parse((await tree.run('replay', ...day)).stdout) as {
    ok: boolean
    entries: number
    deductions: { paid: number }
  }
  expect(ok).toBe(true)
  expect(entries).toBeGreaterThan(100)
  expect(deductions.paid).toBeGreaterThan(50)
})
