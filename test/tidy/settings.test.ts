// A setting of the lot is declared once, in its row: documents, forms and files are derived from it.
import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { layoutNames, openLayoutNames } from '#lane/pure/layouts/index.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { lotSettings, settingNames, settingPath } from '#base/pure/lot/lot-settings.ts'
import { memberText, type Member, type Members } from '#base/pure/lot/member.ts'
import { readTree } from './tree.ts'

const tree = readTree()
const doc = 'docs/lot-file.md'
const begin = /<!-- members: ([\w, ]+) -->/
const end = '<!-- end of members -->'

const head = ['| member | form | standard | meaning |', '|---|---|---|---|']
const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

/** The allowed values; a pattern is a regular expression. */
function formOf(row: Member): string {
  switch (row.kind) {
    case 'flag':
      return 'true, false'
    case 'whole':
    case 'fen':
    case 'mm':
    case 'deg':
      return `${row.kind === 'whole' ? '' : `${row.kind}, `}${row.min} to ${row.max}`
    case 'choice':
      return Object.entries(row.of)
        .map(([name, { en }]) => `\`${name}\`: ${en}`)
        .join('; ')
    case 'named':
      return quoted(row.of)
    case 'layout':
      return quoted([...layoutNames, ...openLayoutNames])
    case 'only':
      return String(row.is)
    case 'list':
      return row.min === undefined ? `list, at most ${row.max}` : `list, ${row.min} to ${row.max}`
    case 'byName':
      return 'by name'
    case 'group':
      return ['object', ...(row.or === undefined ? [] : [quoted(Object.keys(row.or))])].join(', ')
    case 'kinds':
      return `object, \`${row.by}\` ${quoted(Object.keys(row.of))}`
    default: {
      const { kind, shape, min = 0, max } = row
      const pattern = shape?.source.replaceAll('|', '\\|')
      const length = max === undefined ? '' : `, ${min} to ${max} letters`
      return `${kind}${length}${pattern === undefined ? '' : `, \`${pattern}\``}`
    }
  }
}

function standardOf(row: Member): string {
  if (row.filled !== undefined) return memberText(row, row.filled).en
  if (!('standard' in row) || row.standard === undefined) return ''
  return memberText(row, row.standard).en
}

function docRow(path: string, row: Member): string {
  const { words, why, optional, orNull } = row
  const form = `${formOf(row)}${orNull === true ? ', null' : ''}`
  const meaning = why === undefined ? words.en : `${words.en}. ${why.en}`
  const mark = optional === true || row.filled !== undefined ? ' ?' : ''
  return `| \`${path}\`${mark} | ${form} | ${standardOf(row)} | ${meaning} |`
}

const rowsIn = (members: Members, at: string): readonly string[] =>
  Object.entries(members).flatMap(([name, row]) => docRows(`${at}${name}`, row))
function docRows(path: string, row: Member): readonly string[] {
  const below =
    row.kind === 'group'
      ? rowsIn(row.members, `${path}.`)
      : row.kind === 'list' && row.of.kind === 'group'
        ? rowsIn(row.of.members, `${path}[].`)
        : row.kind === 'list' && row.of.kind !== 'list'
          ? [docRow(`${path}[]`, row.of)]
          : row.kind === 'byName'
            ? [docRow(`${path}.<name>`, row.of)]
            : row.kind === 'kinds'
              ? Object.values(row.of).flatMap((one) => rowsIn(one, `${path}.`))
              : []
  return [docRow(path, row), ...new Set(below)]
}

/** The page with its generated tables, and the members in them. */
function madePage(text: string): { readonly page: string; readonly named: readonly string[] } {
  const members: Members = lotMembers
  const [first = '', ...parts] = text.split(begin)
  let page = first
  const named: string[] = []
  for (let n = 0; n + 1 < parts.length; n += 2) {
    const names = (parts[n] ?? '').split(', ')
    named.push(...names)
    const table = names.flatMap((name) => {
      const row = members[name]
      return row === undefined ? [`no row of ${name}`] : docRows(name, row)
    })
    const behind = (parts[n + 1] ?? '').split(end).slice(1).join(end)
    const made = [...head, ...table].join('\n')
    page += `<!-- members: ${names.join(', ')} -->\n\n${made}\n\n${end}${behind}`
  }
  return { page, named }
}

it('docs/lot-file.md has a table row for each member of lot.json', () => {
  const text = tree.get(doc) ?? ''
  const { page, named } = madePage(text)
  expect(named.toSorted()).toEqual(Object.keys(lotMembers).toSorted())
  // Written like renewed pins (CONTRIBUTING.md).
  if (process.env['ETC_LANE_RENEW_PINS'] === '1') writeFileSync(doc, page)
  else expect(text).toBe(page)
})

/** Where forms, drafts, files and words of the settings are made; older drafts are read by former names. */
const made =
  /^(?:firmware-runtime\/(?:\w+\/calls|lane\/desk\/setup)\/|firmware-runtime\/lane\/lot\/files\/lot-(?:schema|file)\.ts|renderer\/(?:components|pages\/setup))/
const former = 'firmware-runtime/lane/desk/setup/draft-file.ts'

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
