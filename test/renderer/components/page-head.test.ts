// Every page has one head, and its primary act is the last button at the right end of it. A form, the steps of the set-up, a
// row of a table and a dialog have their own; the lane board is drawn by hand.
import { expect, it } from 'vitest'
import { makeRouter } from '#renderer/shell/router.ts'
import { all, openPage } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

const paths = makeRouter()
  .getRoutes()
  .filter(({ path, name }) => name !== undefined && name !== 'lane' && !path.includes(':'))
  .map(({ path }) => path)

it.each(paths)('%s', async (path) => {
  const lot = new ScriptedLot()
  if (path === '/setup') lot.board = { ...lot.board, setup: true }
  await openPage(lot, path)
  const heads = all('main .head')
  expect(heads).toHaveLength(1)
  expect(heads[0]?.querySelectorAll('h1')).toHaveLength(1)
  const own = all('main .button.primary').filter(
    (button) => button.closest('table, form, footer.steps, dialog, .el-dialog') === null,
  )
  const last = all('main .head .acts > .button').at(-1)
  expect(own.filter((button) => button !== last).map((button) => button.outerHTML)).toEqual([])
  expect(own.length).toBeLessThan(2)
})
