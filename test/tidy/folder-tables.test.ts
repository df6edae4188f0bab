// Generated tables agree with their folder.
// After a file was added: ETC_LANE_WRITE_DOCS=1 npx vitest run test/tidy/folder-tables.test.ts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { folderTables, madeTables } from './folder-tables.ts'
import { readTree, repository } from './tree.ts'

const writing = process.env['ETC_LANE_WRITE_DOCS'] === '1'
const tree = readTree()
const made = await madeTables(tree)

it.each(folderTables)('$file', ({ file }) => {
  const text = made.get(file) ?? ''
  if (writing) writeFileSync(join(repository, file), text)
  const how = 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/tidy/folder-tables.test.ts'
  expect(writing ? text : tree.get(file), how).toBe(text)
})

it('a file that is added is a row of its tables, in the order of the names', async () => {
  const file = 'firmware-runtime/survey/pure/items/d16-toy.ts'
  const more = await madeTables(
    new Map([...tree, [file, 'export const toy = defineSurveyItem({})\n']]),
  )
  expect(more.get('firmware-runtime/survey/pure/items/ids.ts')).toMatch(/'D15',\n {2}'D16',\n\] as/)
  expect(more.get('firmware-runtime/survey/pure/items/index.ts')).toMatch(
    /networkTime,\n {2}toy,\n\]/,
  )
})

it('an item of the acceptance brings its rule along, and one without a rule is refused', async () => {
  const file = 'firmware-runtime/acceptance/pure/items/g15-toy.ts'
  const text = (rule: string): string =>
    `export const toy = defineAcceptanceItem({\n  id: 'G15',\n  title: t('x', 'toy'),\n${rule}  printed: 'x',\n})\n`
  const made = (rule: string) => madeTables(new Map([...tree, [file, text(rule)]]))
  const rules = 'firmware-runtime/base/pure/rules/accepted-rules.ts'
  const more = await made("  rule: { clause: 'G.1-15', evidence: ['access'] },\n")
  expect(more.get(rules)).toMatch(
    /G15: acceptedRule\(t\('x', 'toy'\), \{[^}]*\}?,? clause: 'G\.1-15'/,
  )
  await expect(made('')).rejects.toThrow('has a rule')
})

it('a file without a row is refused', async () => {
  const file = 'firmware-runtime/survey/pure/items/d16-toy.ts'
  const none = new Map([...tree, [file, 'export const toy = {}\n']])
  await expect(madeTables(none)).rejects.toThrow('exports a row')
})
