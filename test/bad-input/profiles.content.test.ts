// P09 to P15: content that JSON.parse accepts wrongly, unknown members, regular expressions that run for minutes,
// and texts that try to be markup. Refused whole, with code, place and next step.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRevocations, readSignature } from '#devices/profiles/signature.ts'
import { readCapture } from '#devices/frame-log/capture.ts'
import { publishedSchemas } from '#devices/profiles/schema.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { readAgain } from '../firmware-runtime/devices/profiles/shipped.ts'
import { run, words } from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { goesBack, patternsIn, patternsOf } from './patterns.ts'
import { acme, ProfileLot, textOf } from './profile-lot.ts'
import { codeOf } from '../kit/refusals.ts'

let lot: ProfileLot
beforeEach(() => {
  lot = new ProfileLot()
})
afterEach(() => lot.folder.remove())

const text = textOf(acme())
const bytesOf = (source: string): Uint8Array => new TextEncoder().encode(source)

/** The same text as a profile, as its signature, as a list of revoked keys, and as a capture. */
async function refusedEverywhere(make: (good: string) => string): Promise<void> {
  const hostile = make(text)
  expect(hostile).not.toBe(text)
  const found = await lot.refuses('FILE-02', lot.file(hostile))
  expect(found.note).toMatch(/^line \d+, column \d+: /)
  lot.refusedInWindow('FILE-02', { 'one.json': hostile })
  const sig = make('{"version":1,"algorithm":"SM2-SM3"}')
  expect(codeOf(() => readSignature(bytesOf(sig), 'a.sig'))).toBe('FILE-02')
  const list = make('{"version":1,"revoked":[]}')
  expect(codeOf(() => readRevocations(bytesOf(list), 'r.json'))).toBe('FILE-02')
  const capture = make('{"format":"etc-lane capture","version":1}')
  expect(codeOf(() => readCapture(capture, 'c.jsonl'))).toBe('WIRE-01')
}

it('P09 a member twice: refused, also when one is escaped or deep inside', async () => {
  await refusedEverywhere((good) => good.replace('{', '{"version":1,"version":2,'))
  await refusedEverywhere((good) => good.replace('{', '{"a":1,"\\u0061":2,'))
  const deep = text.replace('"settings":[{', '"settings":[{"id":"x","id":"y",')
  await lot.refuses('FILE-02', lot.file(deep))
})

it('P10 a poison key: refused, also when it is escaped, and nothing is poisoned', async () => {
  for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
    await refusedEverywhere((good) => good.replace('{', `{"${key}":{"polluted":true},`))
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  }
})

it('P11 200,000 levels: refused at the depth limit, wherever they begin', async () => {
  const levels = 200_000
  await refusedEverywhere(() => '['.repeat(levels))
  await refusedEverywhere((good) =>
    good.replace('{', `{"a":${'['.repeat(levels)}${']'.repeat(levels)},`),
  )
  const objects = '{"a":'.repeat(levels)
  expect((await lot.refuses('FILE-02', lot.file(objects))).note).toContain('32 levels')
})

it('P12 an integer above 2^53: refused, never rounded', async () => {
  for (const number of ['9007199254740993', '-9007199254740993', '1e400', '123456789012345678901'])
    await refusedEverywhere((good) => good.replace('{', `{"a":${number},`))
  const rounded = text.replace('"revision":1', '"revision":9007199254740993')
  const { value } = await lot.refuses('FILE-02', lot.file(rounded))
  expect(value).toBe('9007199254740993')
})

describe('an unknown member', () => {
  const hostile = acme({ '/surprise': 1, '/limits/heartbeatLossMs/colour': 'red' })
  it('P13 is refused by its place where a profile is read strictly', async () => {
    await lot.refuses('PROFILE-01', lot.file(hostile))
    lot.refusedInWindow('PROFILE-01', { 'one.json': hostile })
    const { json } = await run('verify', lot.file(hostile))
    const findings = json['findings'] as { code: string; pointer: string }[]
    expect(findings.map(({ pointer }) => pointer).sort()).toEqual([
      '/limits/heartbeatLossMs/colour',
      '/surprise',
    ])
    expect(json['ok']).toBe(false)
  })
  it('P13 is a warning with its name in a draft, and what is wrong stays a finding', async () => {
    const { code, json } = await run('verify', lot.file(hostile), '--draft')
    expect([code, json['ok'], json['findings']]).toEqual([0, true, []])
    const warnings = json['warnings'] as { code: string; pointer: string; value: string }[]
    expect(
      warnings.map(({ code: c, pointer, value }) => `${c} ${pointer} ${value}`).sort(),
    ).toEqual(['PROFILE-01 /limits/heartbeatLossMs/colour red', 'PROFILE-01 /surprise 1'])
    const wrong = acme({ '/surprise': 1, '/settings/2/default': 999 })
    const second = await run('verify', lot.file(wrong), '--draft')
    expect(second.code).toBe(1)
    expect(second.json['warnings']).toHaveLength(1)
    expect(second.json['findings']).toMatchObject([{ code: 'PROFILE-11' }])
    expect(await words('verify', lot.file(hostile), '--draft')).toContain('▲ PROFILE-01')
  })
})

/** Names of all members in the published schemas, at every depth. */
function memberNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null
      ? Object.keys(value)
      : []),
    ...memberNames(value),
  ])
}

const root = join(import.meta.dirname, '..', '..')
const sources = readdirSync(join(root, 'firmware-runtime'), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !file.includes('simulators'))

/**
 * Patterns that backtrack through a long run from each of its characters, and how often per character in a run of
 * 1,000, a third above the count. Their input is short, or limited beforehand.
 */
const ofSquare: ReadonlyMap<string, number> = new Map([
  [/(\d+),(\d+)/.source, 2_000],
  [/[\0\s]+$/.source, 1_350],
  [/=+$/.source, 1_350],
  [/<[^>]*\son[a-z]+\s*=/.source, 340],
  [/(\d+)$/.source, 1_350],
  [/((?:\w+:\/\/|serial:)[^\s,;。、)]*|(?:主机|地址):端口)/.source, 1_350],
  [/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.source, 2_000],
  [
    /\s*,?\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w-]+)(?=\s|,|$))/
      .source,
    5_400,
  ],
])
/** Limit for every other pattern. */
const timesMax = 20

describe('a pattern that backtracks', () => {
  it('P14 cannot be brought: a profile has no member that is a pattern', async () => {
    for (const [pointer, value] of [
      ['/pattern', '^(a+)+$'],
      ['/settings/2/pattern', '(x*)*y'],
      ['/recognise', [{ by: 'regex', pattern: '(a|a)*b', source: 'own' }]],
    ] as const)
      await lot.refuses('PROFILE-01', lot.file(acme({ [pointer]: value })))
    const names = memberNames(publishedSchemas())
    expect(names).toContain('revision')
    expect(names.filter((name) => /regex|pattern|match|glob/i.test(name))).toEqual([])
  })
  it('P14 is not among our own: hostile text costs each of them no more than its length, some its square', () => {
    const patterns = patternsOf(sources)
    expect(patterns.length).toBeGreaterThan(150)
    const dear = patterns.filter((one) => goesBack(one, ofSquare.get(one.source) ?? timesMax))
    expect(dear.map(({ file, line, source }) => `${file}:${line} ${source}`)).toEqual([])
  })
  it('P14 one that costs no square any more leaves the list', () => {
    const listed = patternsOf(sources).filter(({ source }) => ofSquare.has(source))
    const still = listed.filter((one) => goesBack(one, timesMax)).map(({ source }) => source)
    expect(new Set(still)).toEqual(new Set(ofSquare.keys()))
  })
  it('P14 would be seen: on the same text a bad pattern goes back hundreds of times as often', () => {
    const texts = [`${'a'.repeat(900)}\u0001`]
    const [bad, good] = patternsIn('x.ts', 'const x = [/^(?:a*)(?:a*)(?:a*)$/, /^a*$/]')
    if (bad === undefined || good === undefined) throw new Error('the literals are found')
    expect([goesBack(good, 3, texts), goesBack(bad, timesMax, texts)]).toEqual([false, true])
  })
  it('P14 in any text of a profile: read to its end at once', () => {
    for (const unit of ['a', 'a-', '0', ' ', 'FF ', '../', '$use']) {
      const long = unit.repeat(400_000 / unit.length)
      for (const pointer of ['/vendor', '/model', '/title/en', '/settings/0/id', '/examples/0/hex'])
        expect(readAgain(acme({ [pointer]: long })).findings[0]?.code).toBe('PROFILE-01')
    }
  })
})

describe('a text that wants to be more', () => {
  const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
  it('P15 script and HTML are kept as the text that they are', async () => {
    const path = lot.file(
      acme({ '/title/en': script.slice(0, 60), '/title/zh': script.slice(0, 60) }),
    )
    expect((await lot.bring(path)).code).toBe(0)
    expect(await words('import', path, '--data', lot.dir)).not.toContain('\u001b')
  })
  it('P15 what moves a cursor or turns the writing round is written out on a terminal', async () => {
    const escape = '\u001b[2J\u202ereversed\u0007'
    const path = lot.file(acme({ '/vendor': escape, '/surprise': escape }))
    const said = await words('verify', path)
    expect(said).toContain('\\u001b[2J\\u202ereversed\\u0007')
    expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
    const draft = await words('verify', path, '--draft')
    expect(draft.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
    expect(visible('测A·12345 plain – text')).toBe('测A·12345 plain – text')
  })
})
