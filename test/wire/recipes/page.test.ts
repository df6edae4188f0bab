// The recipe for a page: one declaration makes its route, its links, the palette's row, its title, its list and who sees
// it. The window of a copy is mounted with the scripted lot of the component tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cleanUp } from '../kit/live-program.ts'
import { repository, runNode } from '../kit/program.ts'
import { treeWith } from '../kit/recipe-tree.ts'

const pageOf = (path: string, zh: string) => `
import { t } from '../../../firmware-runtime/base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/${path}',
  place: 'money',
  order: 45,
  title: t('${zh}', 'Toy page'),
  reads: 'refunds.asked',
  list: {
    keyOf: ({ askId }) => askId,
    search: t('查找', 'Find'),
    empty: { title: t('没有', 'None'), why: t('没有', 'None') },
    columns: [['name', t('${zh}名', 'Toy name'), ({ by }) => \`试 \${by}\`]],
  },
} as const satisfies Page<'refunds.asked'>
`
/** Runs in the copy, beside the component tests. */
const asked = `
import { afterEach, expect, it } from 'vitest'
import { commandRows } from '../../renderer/shell/commands.ts'
import { makeRouter } from '../../renderer/shell/router.ts'
import { isTheirs } from '../../renderer/kit/pages.ts'
import { all, one, openPage, settle } from './kit/page.ts'
import { ScriptedLot } from './kit/scripted-lot.ts'

it('is drawn, linked and found', async () => {
  const app = await openPage(new ScriptedLot(), '/toy')
  expect(one('h1').textContent).toBe('试页')
  expect(all('th').map(({ textContent }) => textContent?.trim())).toEqual(['试页名'])
  expect(all('td').map(({ textContent }) => textContent?.trim())).toContainEqual(expect.stringMatching(/^试 ./))
  expect(all('a').map(({ textContent }) => textContent?.trim())).toContain('试页')
  expect(commandRows(makeRouter()).map(({ title }) => title)).toContainEqual(expect.stringContaining('试页'))
  await app.config.globalProperties.$router.push('/second')
  await settle()
  expect(one('h1').textContent).toBe('又页')
  expect(all('th').map(({ textContent }) => textContent?.trim())).toEqual(['又页名'])
  app.unmount()
})
it('is for those who may make its call', () => {
  const here = { mode: 'live', isSetup: false, hasReservations: false, hasSpaces: false, hasPartners: false }
  expect(isTheirs('/toy', { ...here, can: (name) => name === 'refunds.asked' })).toBe(true)
  expect(isTheirs('/toy', { ...here, can: (name) => name !== 'refunds.asked' })).toBe(false)
})
`
const configs = ['vitest.config.ts', 'tsconfig.base.json', 'tsconfig.web.json']
const parts = ['renderer', 'installers/dev', 'test', ...configs]

afterAll(cleanUp)

it('a page is one file, and the next one another', async () => {
  const [first, second] = [pageOf('toy', '试页'), pageOf('second', '又页')]
  const files = { 'renderer/pages/toy/page.ts': first, 'renderer/pages/second/page.ts': second }
  const tree = await treeWith(2, files, parts)
  writeFileSync(join(tree.root, 'test/renderer/toy.test.ts'), asked)
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'ui', '--root', tree.root, 'test/renderer/toy.test.ts']
  const ran = await runNode(args)
  expect(ran.stdout + ran.stderr).toMatch(/Tests .*2 passed/)
})
