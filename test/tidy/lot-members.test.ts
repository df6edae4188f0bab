// docs/lot-file.md names every member that lot.json may have, and no other: by the schema that the lot is read with.
// A member that is checked and stands nowhere is one that only its maker can use.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lotJsonSchema } from '../../firmware-runtime/app/lot/lot-schema.ts'

interface Shape {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
}

/** `lanes[].sensors[].kind`, as the page writes it. */
function membersOf(root: Shape): readonly string[] {
  const found = new Set<string>()
  const walk = (shape: Shape, at: string): void => {
    const { $ref, anyOf = [], oneOf = [], items, properties = {} } = shape
    const named = $ref === undefined ? undefined : root.$defs?.[$ref.split('/').at(-1) ?? '']
    for (const one of [...(named === undefined ? [] : [named]), ...anyOf, ...oneOf]) walk(one, at)
    if (items !== undefined) walk(items, `${at}[]`)
    for (const [name, member] of Object.entries(properties)) {
      const path = at === '' ? name : `${at}.${name}`
      found.add(path)
      walk(member, path)
    }
  }
  walk(root, '')
  return [...found].toSorted()
}

it('docs/lot-file.md has a row for each member of lot.json', () => {
  const page = readFileSync('docs/lot-file.md', 'utf8')
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.[\]]+)`(?: \?)? \|(.*)$/gm)].map(([, name = '', said = '']) => [
      name,
      said,
    ]),
  )
  /** In a row of its own, or named in that of what it belongs to. */
  const isThere = (path: string): boolean => {
    const [, parent = '', name = ''] = /^(.*?)(?:\[\])?\.(\w+)$/.exec(path) ?? []
    const said = `${rows.get(parent) ?? ''}${rows.get(`${parent}[]`) ?? ''}`
    const isWhole = [...rows.keys()].some((row) => row.startsWith(`${path}.`))
    return rows.has(path) || isWhole || said.includes(`\`${name}\``)
  }
  const members = membersOf(lotJsonSchema() as Shape)
  expect(members).toContain('help.hook.secret')
  expect(members.filter((path) => !isThere(path))).toEqual([])
  const known = new Set(members)
  expect([...rows.keys()].filter((path) => !known.has(path.replace(/\[\]$/, '')))).toEqual([])
})
