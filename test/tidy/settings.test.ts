// A setting of the lot is said once, in its row: documents, forms and files are made of it.
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  lotSettings,
  settingNames,
  settingPath,
  settingRow,
  settingText,
  type SettingName,
} from '../../firmware-runtime/core/values/lot-settings.ts'
import { readTree } from './tree.ts'

const tree = readTree()
const doc = 'docs/lot-file.md'
const [begin, end] = [
  '<!-- settings: made of firmware-runtime/core/values/lot-settings.ts -->',
  '<!-- end of settings -->',
]

const head = ['| member | form | standard | meaning |', '|---|---|---|---|']
function docRow(name: SettingName): string {
  const row = settingRow(name)
  const said = (value: unknown): string => settingText(name, value).en
  const form = row.kind === 'flag' ? 'true, false' : `${row.min} to ${row.max}`
  const kind = row.kind === 'fen' ? 'fen, ' : ''
  const standard = row.standard === null ? 'none' : said(row.standard)
  const why = row.why === undefined ? '' : `. ${row.why.en}`
  const optional = row.always === true ? '' : ' ?'
  return `| \`${name}\`${optional} | ${kind}${form} | ${standard} | ${row.words.en}${why} |`
}

it('docs/lot-file.md has the table of the settings', () => {
  const text = tree.get(doc) ?? ''
  const made = [...head, ...settingNames.map(docRow)].join('\n')
  // As pins are written anew (CONTRIBUTING.md).
  if (process.env['ETC_LANE_RENEW_PINS'] === '1') {
    const [before = '', behind = ''] = [text.split(begin)[0], text.split(end)[1]]
    writeFileSync(doc, `${before}${begin}\n\n${made}\n\n${end}${behind}`)
    return
  }
  const table = text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)).trim()
  expect(table).toBe(made)
})

/** Where forms, drafts, files and words of the settings are made; what an earlier draft held is read by its former names. */
const made =
  /^(?:firmware-runtime\/(?:api|app\/setup)\/|firmware-runtime\/app\/lot\/lot-(?:schema|file)\.ts|renderer\/(?:screens\/setup|components|i18n\/setup))/
const former = 'firmware-runtime/app/setup/draft-file.ts'

it('no form, draft, file or word names a setting beside its row', () => {
  const asked = settingNames.filter((name) => lotSettings[name].group !== 'none')
  const leaves = asked.map((name) => settingPath(name).at(-1) ?? '')
  const named = new RegExp(`\\b(?:${leaves.join('|')})\\b`)
  const found = [...tree].flatMap(([path, text]) =>
    made.test(path) && path !== former && named.test(text)
      ? [`${path}: ${named.exec(text)?.[0] ?? ''}`]
      : [],
  )
  expect(found).toEqual([])
})
