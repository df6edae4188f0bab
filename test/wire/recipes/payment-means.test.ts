// The recipe "a means of payment by hand" of CONTRIBUTING.md with a made-up one: a row of a table.
// The effect of a row at a lane and in the ledger is tested for every row by settle-means.test.ts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { repository } from '../kit/program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const table = 'firmware-runtime/base/pure/values/payment-means.ts'
const row = "  voucher: { title: t('代金券', 'Voucher'), takes: 'amount' },\n"
const files = {
  [table]: readFileSync(join(repository, table), 'utf8').replace(
    /(export const settleWays = \{\n(?: {2}.*\n)*)/,
    `$1${row}`,
  ),
}

let tree: RecipeTree
beforeAll(async () => {
  expect(files[table]).toContain(row)
  tree = await treeWith(1, files)
})
afterAll(cleanUp)

it('is in the help of `lane settle`, and taken by it', async () => {
  const { stdout } = await tree.run('lane', '--help')
  expect(stdout).toContain('[--means cash|transfer|free|later|voucher]')
  const settle = (means: string) => {
    const of = ['--data', newFolder(), '--lane', 'exit', '--means', means]
    return tree.run('lane', 'settle', ...of, '--by', '测试员', '--reason', '试', '--json')
  }
  // An unknown means is refused without a call to the runtime.
  expect(JSON.parse((await settle('vouchers')).stdout)).toMatchObject({ error: { code: 'ARG-01' } })
  expect(JSON.parse((await settle('voucher')).stdout)).toMatchObject({ error: { code: 'RUN-02' } })
})
