// The rules that no schema can express: each is broken once and found at its place, with its code.
// The profile that is changed is a shipped one without findings.
import { describe, expect, it } from 'vitest'
import { faults } from '#base/pure/faults/faults.ts'
import { findingView } from '#devices/profiles/findings.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'
import { brokenParts } from './broken-parts.ts'
import { brokenSettings } from './broken-settings.ts'
import { copyOf, findingsOf, library, put, problemsOf } from './shipped.ts'

const bcc = 'rsu/generic/generic-bcc'

it('every shipped profile has no finding, also after a JSON round trip', () => {
  for (const id of library.profiles.keys()) expect([id, problemsOf(copyOf(id))]).toEqual([id, []])
})

const rows = [...brokenSettings, ...brokenParts]

describe('finds', () => {
  it.each(rows)('%s', (_what, id, changes, found) => {
    const profile = copyOf(id)
    for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
    expect(problemsOf(profile)).toContain(found)
  })
  it('a basis in one language, with its file, its place and what stands there', () => {
    const text = 'public parking controller'
    expect(findingsOf(put(copyOf(bcc), '/basis/0/text', text))).toMatchObject([
      { code: 'PROFILE-01', file: 'a.json', pointer: '/basis/0/text', value: text },
    ])
  })
  it('each with words in two languages and the place', () => {
    for (const [, id, changes] of rows) {
      const profile = copyOf(id)
      for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
      for (const finding of findingsOf(profile)) {
        const { what, todo, file } = findingView(finding)
        expect(file).toBe('a.json')
        const { note } = finding
        const hasWords = /[a-z]{2,} (?:an? )?[a-z]{2,}/.test(note.en)
        for (const words of hasWords ? [what, todo, note] : [what, todo]) {
          expect(words.zh).toMatch(/[\u4e00-\u9fff]/)
          expect(words.en).toMatch(/[a-z]/)
        }
      }
    }
  })
  it('a profile that lies somewhere else', () => {
    const place = 'rsu/generic/other.json'
    expect(problemsOf(copyOf(bcc), place)).toEqual(['PROFILE-02 '])
    expect(problemsOf(copyOf(bcc), `${bcc}.json`)).toEqual([])
  })
})

it('every code of profiles that a file can cause is caused above', () => {
  const caused = new Set(rows.map(([, , , found]) => found.split(' ')[0]))
  const others = ['02', '03', '17', '18', '19', '20', '21', '22', '23', '24', '25', '26']
  const elsewhere = others.map((n) => `PROFILE-${n}`)
  const codes = Object.keys(faults).filter((name) => name.startsWith('PROFILE-'))
  expect([...caused, ...elsewhere].sort()).toEqual(codes.sort())
})

describe('text that is no profile', () => {
  const text = JSON.stringify(copyOf(bcc))
  const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) =>
        typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part],
      ),
    )
  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', 'kind: rsu'],
    ['a member twice', text.replace('"kind"', '"kind":"rsu","kind"')],
    ['__proto__', text.replace('"kind"', '"__proto__":{"a":1},"kind"')],
    ['constructor', text.replace('"kind"', '"constructor":{},"kind"')],
    ['a NUL in a text', text.replace('generic-bcc', 'generic\u0000bcc')],
    ['a NUL behind the end', `${text}\u0000`],
    ['nesting without end', `${'['.repeat(100_000)}`],
    [
      'nesting inside a member',
      text.replace('"quirks":', `"deep":${'{"a":'.repeat(200)}1${'}'.repeat(200)},"quirks":`),
    ],
    ['text behind the end', `${text}{}`],
    [
      'a number that would be rounded',
      text.replace('"revision":1', '"revision":12345678901234567890'),
    ],
  ])('%s', (_what, changed) => {
    expect(problemsOf(changed)).toHaveLength(1)
    expect(problemsOf(changed)[0]).toMatch(/^FILE-02 /)
  })
  it('a byte order mark, UTF-16 and GBK', () => {
    for (const wrong of [
      bytes([0xef, 0xbb, 0xbf], text),
      bytes([0xff, 0xfe, 0x7b, 0x00]),
      bytes('{"title":"', [0xb2, 0xe2], '"}'),
    ]) {
      const [only, second] = readProfile(wrong, 'a.json', library.templates).findings
      expect(only?.code).toBe('FILE-02')
      expect(second).toBeUndefined()
    }
  })
  it('an escaped name outside its folder is no id', () => {
    const escaped = text.replace('"generic-bcc"', '"\\u002e\\u002e\\u002fx"')
    expect(problemsOf(escaped)).toEqual(['PROFILE-01 /model'])
  })
})
