// The recipe "a survey item" of CONTRIBUTING.md with a made-up row: two files.
// A program that knows it only from them asks for it, records the answer, judges, shows and reports it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { repository } from '../kit/program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const table = 'firmware-runtime/base/pure/rules/rule-table.ts'
const lastRule = "  D15: surveyed('网络授时', 'Time from the network', clock),\n"
const ruleTable = readFileSync(join(repository, table), 'utf8')
const files = {
  [table]: ruleTable.replace(
    lastRule,
    `${lastRule}  D16: surveyed('出口凸面镜', 'Mirror', none),\n`,
  ),
  'firmware-runtime/survey/pure/items/d16-mirror.ts': `// Table D.1 row 16, made up: a mirror for who leaves.
import { t } from '../../../base/pure/words/fault-text.ts'
import { checkExamples, judgeChecks, part } from '../checks.ts'
import { defineSurveyItem, groups } from '../item.ts'

const parts = [
  part('mirror', ['凸面镜', 'Mirror'], ['看得见来车', 'It shows the cars that come'], 'T.1'),
]
export const mirror = defineSurveyItem({
  id: 'D16',
  group: groups.general,
  title: t('出口凸面镜', 'Mirror at the way out'),
  printed: '出口应设置凸面镜',
  procedure: t('核对', 'Look at it'),
  assumed: null,
  questions: parts,
  judge: (survey) => judgeChecks('D16', parts, survey),
  examples: () => checkExamples('D16', parts),
})
`,
}

interface Row {
  readonly id?: string
  readonly item?: string
  readonly verdict?: string
}
let tree: RecipeTree
let survey = ''
const by = ['--by', '装机员']
async function said(verb: string, ...more: string[]): Promise<Record<string, readonly Row[]>> {
  const ran = await tree.run('survey', verb, survey, ...more, '--json')
  expect(ran.stderr).toBe('')
  return JSON.parse(ran.stdout) as Record<string, readonly Row[]>
}

beforeAll(async () => {
  tree = await treeWith(2, files)
  survey = join(newFolder(), 'made.etc-survey')
  await said('new', '--site', 'S', '--lane', 'L', ...by)
})
afterAll(cleanUp)

it('is asked on site, and judged by the answer', async () => {
  const row = ({ rows = [] }: Record<string, readonly Row[]>) =>
    rows.find(({ item }) => item === 'D16')?.verdict
  const before = await said('check')
  expect(before['questions']?.at(-1)).toMatchObject({ item: 'D16', part: 'mirror', source: 'T.1' })
  expect(row(before)).toBe('incomplete')
  const answer = ['--item', 'D16', '--part', 'mirror', '--answer']
  const mended = ['--reason', 'the mirror was put up']
  expect(row(await said('check', ...answer, 'no', ...by))).toBe('fail')
  expect(row(await said('check', ...answer, 'yes', ...mended, ...by))).toBe('pass')
})

it('stands behind the rows of the table where a survey is shown, and in its report', async () => {
  const { items } = await said('show')
  expect(items?.map(({ id }) => id).slice(-2)).toEqual(['D15', 'D16'])
  expect(items?.at(-1)).toMatchObject({ printed: '出口应设置凸面镜', verdict: 'pass' })
  const report = join(newFolder(), 'report.html')
  await said('report', '--out', report)
  expect(readFileSync(report, 'utf8')).toContain('出口凸面镜')
})
