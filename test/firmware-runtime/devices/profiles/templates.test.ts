// Templates replace `$use`, one level deep; a missing, broken or nested template is reported.
// Also what only a whole library shows: an id used twice, a template that nothing uses.
import { describe, expect, it } from 'vitest'
import { readLibrary } from './whole-library.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'
import { bytesOf, copyOf, library, put, shipped } from './shipped.ts'
import { findingWords } from '#devices/profiles/finding-words.ts'

const relay = 'barrier/generic/modbus-relay'
const file = (path: string, value: unknown) => ({ path, bytes: bytesOf(value) })
const description = 'what this template is for'
const single = (item: object) => file('templates/one.json', { description, item })
const several = (...items: object[]) => file('templates/one.json', { description, items })

const profileWith = (member: string, entry: object) =>
  file(`${relay}.json`, put(copyOf(relay), `/${member}`, [entry]))

const problemTexts = (...files: { path: string; bytes: Uint8Array }[]): string[] =>
  readLibrary(files).findings.map(({ code, file: path, pointer }) => `${code} ${path} ${pointer}`)

const need = { setting: { zh: '设', en: 'set' }, why: { zh: '因', en: 'why' } }

it('the shipped profiles are read with their templates in place', () => {
  const { profile, source } = shipped('rsu/generic/generic-bcc')
  expect(JSON.stringify(source)).toContain('"$use"')
  expect(JSON.stringify(profile)).not.toContain('$use')
  expect(profile.settings.map((s) => s.id)).toContain('heightCm')
})

describe('a template', () => {
  it('of one entry may have members replaced', () => {
    const lib = readLibrary([
      single(need),
      profileWith('needs', { $use: 'one', why: { zh: '别', en: 'other' } }),
    ])
    expect(lib.findings).toEqual([])
    expect(lib.profiles.get(relay)?.profile.needs).toEqual([
      { setting: need.setting, why: { zh: '别', en: 'other' } },
    ])
  })
  it('of several entries stands in their place, alone', () => {
    const lib = readLibrary([several(need, need), profileWith('needs', { $use: 'one' })])
    expect(lib.findings).toEqual([])
    expect(lib.profiles.get(relay)?.profile.needs).toEqual([need, need])
    expect(
      problemTexts(several(need), profileWith('needs', { $use: 'one', why: need.why })),
    ).toEqual([`PROFILE-03 ${relay}.json /needs/0`])
  })
  it.each<[string, string[], string]>([
    ['that is none', ['two'], 'PROFILE-03 barrier/generic/modbus-relay.json /needs/0/$use'],
    [
      'outside its folder',
      ['../one'],
      'PROFILE-03 barrier/generic/modbus-relay.json /needs/0/$use',
    ],
  ])('%s', (_what, [name], found) => {
    expect(problemTexts(single(need), profileWith('needs', { $use: name ?? '' }))).toContain(found)
  })
  it('whose name is a number or an object', () => {
    for (const name of [1, null, {}])
      expect(problemTexts(single(need), profileWith('needs', { $use: name }))).toContain(
        `PROFILE-03 ${relay}.json /needs/0/$use`,
      )
  })
  it('that uses a template, itself or deep inside', () => {
    for (const item of [{ $use: 'one' }, { why: { $use: 'one' } }, { a: [{ b: { $use: 'x' } }] }]) {
      const [only, second] = readLibrary([single(item)]).findings
      expect(only).toMatchObject({ code: 'PROFILE-03', note: findingWords.templateInside() })
      expect(second).toBeUndefined()
    }
  })
  it('that is no template', () => {
    for (const value of [need, [], { description, item: need, items: [] }, { description }])
      expect(problemTexts(file('templates/one.json', value))).toEqual([
        'PROFILE-03 templates/one.json ',
      ])
  })
  it('that is no JSON', () => {
    expect(problemTexts(file('templates/one.json', '{'))).toEqual(['FILE-02 templates/one.json '])
  })
  it('that brings a member which does not belong there', () => {
    expect(
      problemTexts(single({ ...need, more: 1 }), profileWith('needs', { $use: 'one' })),
    ).toEqual([`PROFILE-01 ${relay}.json /needs/0/more`])
  })
  it('that nobody uses', () => {
    expect(problemTexts(single(need), file(`${relay}.json`, copyOf(relay)))).toEqual([
      'PROFILE-03 templates/one.json ',
    ])
  })
  it('outside a list is no template', () => {
    const profile = put(copyOf(relay), '/title', { $use: 'basis-own' })
    const { findings } = readProfile(bytesOf(profile), 'a.json', library.templates)
    expect(findings.map(({ code, pointer }) => `${code} ${pointer}`)).toContain(
      'PROFILE-01 /title/$use',
    )
  })
})

describe('a library', () => {
  const relayFile = file(`${relay}.json`, copyOf(relay))
  it('takes each id once, each in its place', () => {
    const twin = file('barrier/generic/other.json', copyOf(relay))
    expect(problemTexts(relayFile, twin)).toEqual(['PROFILE-02 barrier/generic/other.json '])
  })
  it('keeps what is whole beside what is not', () => {
    const broken = file('barrier/generic/broken.json', '{')
    const lib = readLibrary([broken, relayFile])
    expect([...lib.profiles.keys()]).toEqual([relay])
    expect(lib.findings).toHaveLength(1)
  })
  it('reads neither schema nor signatures as profiles', () => {
    const others = [file('schema/profile.schema.json', {}), file(`${relay}.json.sig`, 'x')]
    expect(problemTexts(relayFile, ...others)).toEqual([])
  })
})
