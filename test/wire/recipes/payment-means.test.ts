// The recipe "a means of payment by hand" of CONTRIBUTING.md, carried out with one that is made up: a row of a table.
// What a row then does at a lane and in the ledger, settle-means.test.ts asks of every row that is there.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { repository } from '../kit/program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const table = 'firmware-runtime/core/values/payment-means.ts'
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
  // No runtime is asked for what is no means.
  expect(JSON.parse((await settle('vouchers')).stdout)).toMatchObject({ error: { code: 'ARG-01' } })
  expect(JSON.parse((await settle('voucher')).stdout)).toMatchObject({ error: { code: 'RUN-02' } })
})
