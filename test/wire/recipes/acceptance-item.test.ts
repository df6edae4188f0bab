// The recipe "an acceptance item" of CONTRIBUTING.md with a made-up item: one file.
// Commands list it, judge it by its own rule and report it; a rule pack changes and removes it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exitLot } from '../../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { cleanUp, newFolder } from '../kit/live-program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'

const files = {
  'firmware-runtime/acceptance/pure/items/g15-weather.ts': `// Table G.1 row 15, made up: the weather goes up.
import { t } from '../../../base/pure/words/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const weather = defineAcceptanceItem({
  id: 'G15',
  title: t('天气', 'Weather'),
  rule: {
    clause: 'G.1-15',
    evidence: ['access'],
    thresholds: {
      within: { words: t('时限', 'within'), value: 7, unit: 's', basis: 'assumed', min: 1, max: 60 },
    },
  },
  printed: '支持上传天气',
  needs: ['platform'],
  steps: [],
  expected: (rules) => t(\`\${rules.limit('G15', 'within')} 秒\`, \`\${rules.limit('G15', 'within')} s\`),
  assumed: null,
  plant: answeredWith('POST /v1/weather', 403, { at: 'platform', drive: 'hour', turns: 'refused' }),
  judge: (facts) =>
    accessFinding(facts, { interfaceId: 'weather', at: ['platform'], what: t('天气', 'weather') }),
})
`,
}

const own = { id: 'G15', clause: 'G.1-15', title: { zh: '天气', en: 'Weather' } }
const lot = newFolder()
let tree: RecipeTree
beforeAll(async () => {
  tree = await treeWith(1, files)
  exitLot(lot)
})
afterAll(cleanUp)

async function said(...args: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await tree.run('acceptance', ...args, '--json')
  expect(ran.stderr).toBe('')
  return JSON.parse(ran.stdout) as Record<string, unknown>
}

it('is listed, and has the rule of its file', async () => {
  const { items } = await said('list', '--data', lot)
  expect(items).toContainEqual(expect.objectContaining({ ...own, verdict: 'incomplete' }))
  const within = { name: 'within', value: 7, unit: 's', basis: 'assumed' }
  const { rules } = await said('rules', '--data', lot)
  expect(rules).toContainEqual(expect.objectContaining({ ...own, thresholds: [within] }))
})

it('is changed and struck out by the pack of a province', async () => {
  const about = { format: 1, id: 'else', standard: 'X', province: '99', over: 'guangxi' }
  const file = join(newFolder(), 'rules.json')
  const struckBy = async (rule: object | null): Promise<unknown> => {
    writeFileSync(file, JSON.stringify({ ...about, rules: { G15: rule } }))
    return (await said('rules', '--file', file))['struck']
  }
  const within = { value: 9, unit: 's', basis: 'printed' }
  expect(await struckBy({ thresholds: { within } })).not.toContain('G15')
  expect(await struckBy(null)).toContain('G15')
})
