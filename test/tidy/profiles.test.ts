// The shipped library of device profiles: schema, meaning, examples, templates, and the JSON
// Schema for editors. After a change of the format: ETC_LANE_WRITE_DOCS=1 writes the schema again.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readProfileFolder } from '#devices/files/profile-files.ts'
import { readLibrary } from '../firmware-runtime/devices/profiles/whole-library.ts'
import { publishedSchemas } from '#devices/profiles/schema.ts'
import { deviceKinds } from '#devices/pure/profile/kinds.ts'
import { formatted } from './formatted.ts'
import { repository } from './tree.ts'

const root = join(repository, 'device-profiles')
const files = readProfileFolder(root)
const { profiles, templates, findings } = readLibrary(files)
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const writing = process.env['ETC_LANE_WRITE_DOCS'] === '1'

it('nothing is found wrong in the library', () => {
  expect(findings).toEqual([])
  expect(templates.size).toBeGreaterThan(0)
})
it('every kind has a profile, and none claims a device that nobody has held', () => {
  const all = [...profiles.values()].map(({ profile }) => profile)
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(deviceKinds))
  expect(all.filter(({ devicesSeen }) => devicesSeen.length > 0)).toEqual([])
})

const folders = new Map([
  ['template.schema.json', /^templates\//],
  ['criterion.schema.json', /^criteria\//],
])
describe.each(Object.entries(publishedSchemas()))('schema/%s', (name, schema) => {
  it('is what the format of the program gives', async () => {
    const path = join(root, 'schema', name)
    const made = await formatted(path, JSON.stringify(schema, null, 2))
    if (writing) writeFileSync(path, made)
    expect(
      text(`schema/${name}`),
      'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/tidy/profiles.test.ts',
    ).toBe(made)
  })
  it('takes every file that names it, and nothing else', () => {
    type Schema = Parameters<typeof z.fromJSONSchema>[0]
    const rule = z.fromJSONSchema(JSON.parse(text(`schema/${name}`)) as Schema)
    const folder = folders.get(name) ?? /^(?!templates|schema|criteria)/
    const named = files.filter(({ path }) => folder.test(path))
    expect(named.length).toBeGreaterThan(0)
    for (const { path } of named) {
      const value = JSON.parse(text(path)) as object
      expect([path, rule.safeParse(value).error?.issues]).toEqual([path, undefined])
      expect(rule.safeParse({ ...value, stray: 1 }).success).toBe(false)
    }
  })
})
