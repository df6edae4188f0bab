// Tables of a folder are what the folder gives.
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
  const file = 'firmware-runtime/survey/items/d16-toy.ts'
  const more = await madeTables(
    new Map([...tree, [file, 'export const toy = defineSurveyItem({})\n']]),
  )
  expect(more.get('firmware-runtime/survey/items/ids.ts')).toMatch(/'D15',\n {2}'D16',\n\] as/)
  expect(more.get('firmware-runtime/survey/items/index.ts')).toMatch(/networkTime,\n {2}toy,\n\]/)
})

it('a file without a row is refused', async () => {
  const file = 'firmware-runtime/survey/items/d16-toy.ts'
  const none = new Map([...tree, [file, 'export const toy = {}\n']])
  await expect(madeTables(none)).rejects.toThrow('exports a row')
})
