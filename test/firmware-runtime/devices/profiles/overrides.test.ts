// Frame tables in a profile: an error in them is found at its place, and their examples must match to
// the byte.
import { whyIn } from '#base/pure/faults/faults.ts'
import { describe, expect, it } from 'vitest'
import { genericBcc } from '#devices/pure/rsu/generic-bcc/variant.ts'
import { present } from '#base/pure/values/must.ts'
import { shipped, copyOf, findingsOf, library, put, problemsOf, bytesOf } from './shipped.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'

const id = 'rsu/soulin/parking'
const b5 = present(
  genericBcc.frames.find((f) => f.code === 'B5'),
  'B5',
)
const frame = (): Record<string, unknown> =>
  structuredClone(b5) as unknown as Record<string, unknown>
const at = '/protocol/overrides/frames/0'

const withFrame = (changes: Record<string, unknown>): Record<string, unknown> => {
  const profile = put(copyOf(id), '/protocol/overrides/frames', [frame()])
  for (const [pointer, value] of Object.entries(changes)) put(profile, at + pointer, value)
  return profile
}

it('a frame that is that of the generic table changes nothing', () => {
  const read = readProfile(bytesOf(withFrame({})), 'a.json', library.templates)
  expect(read.findings).toEqual([])
  expect(new Set(read.checked?.variant?.table.frames)).toEqual(
    new Set(shipped(id).variant?.table.frames),
  )
})

type Row = readonly [what: string, changes: Record<string, unknown>, found: string, words: string]
const first = '/forms/0/fields'
const hex = '/forms/0/example/hex'
const rows: readonly Row[] = [
  ['an overlap', { [`${first}/2/off`]: 6 }, `PROFILE-04 ${at}`, 'overlap'],
  ['a gap', { [`${first}/2/off`]: 8 }, `PROFILE-04 ${at}`, 'gap'],
  ['a length that the fields do not fill', { '/forms/0/length': 41 }, `PROFILE-04 ${at}`, 'fill'],
  ['a code list that is none', { [`${first}/1/enum`]: 'b6Error' }, `PROFILE-04 ${at}`, 'no enum'],
  [
    'a file that is none',
    { [`${first}/3/type`]: 'file', [`${first}/3/table`]: 'f1' },
    `PROFILE-04 ${at}`,
    'unknown',
  ],
  ['two forms of one length', { '/forms/1/length': 40 }, `PROFILE-04 ${at}`, 'one length'],
  ['a name twice', { [`${first}/7/name`]: 'tac' }, `PROFILE-04 ${at}`, 'used twice'],
  ['a count too large to keep', { [`${first}/4/type`]: 'uint' }, `PROFILE-04 ${at}`, 'a uint of 7'],
  ['an example that is cut', { [hex]: 'B5 0200' }, `PROFILE-08 ${at}${hex}`, 'is no B5'],
  [
    'an example of another form',
    { [hex]: b5.forms[1]?.example.hex },
    `PROFILE-08 ${at}${hex}`,
    'is read as withoutDebit',
  ],
  ['an example of another frame', { [hex]: 'B0 00' }, `PROFILE-08 ${at}${hex}`, ''],
  ['an example that is no hex', { [hex]: 'B5 XX' }, `PROFILE-01 ${at}${hex}`, 'must be like'],
  [
    'a value that the bytes do not say',
    { '/forms/0/example/value/balanceAfter': 9501 },
    `PROFILE-08 ${at}/forms/0/example`,
    'say different things',
  ],
  [
    'a member that the bytes do not have',
    { '/forms/0/example/value/more': 1 },
    `PROFILE-08 ${at}/forms/0/example`,
    'say different things',
  ],
  [
    'a result without its code',
    {
      [`${first}/1/name`]: 'err',
      '/forms/0/example/value/err': 'ok',
      '/forms/0/example/value/error': undefined,
    },
    `PROFILE-14 ${at}/forms/0`,
    'needs obuId, error',
  ],
]

describe('finds', () => {
  it.each(rows)('%s', (_what, changes, found, words) => {
    const findings = findingsOf(withFrame(changes))
    const [hit] = findings.filter((f) => `${f.code} ${f.pointer}` === found)
    expect(hit, JSON.stringify(findings)).toBeDefined()
    expect(whyIn(hit?.note ?? '')).toContain(words)
  })
  it('a file of a profile that holds itself, before anybody reads it', () => {
    const fields = [{ name: 'a', off: 0, len: 4, type: 'file', table: 'loop' }]
    const file = { name: 'loop', length: 4, fields, example: { hex: '00 00 00 00', value: {} } }
    const profile = put(copyOf(id), '/protocol/overrides/files', [file])
    expect(problemsOf(profile)).toEqual(['PROFILE-04 /protocol/overrides/files/0'])
  })
  it('a file whose example is not its bytes', () => {
    const [known] = genericBcc.files
    const file = structuredClone(present(known, 'a file')) as unknown as Record<string, unknown>
    const profile = put(copyOf(id), '/protocol/overrides/files', [file])
    expect(problemsOf(profile)).toEqual([])
    put(file, '/example/hex', '00')
    expect(problemsOf(profile)).toEqual(['PROFILE-08 /protocol/overrides/files/0/example/hex'])
  })
})

describe('examples of protocols without a codec here', () => {
  const withExample = (hex: string, expected: unknown): string[] =>
    problemsOf(
      put(copyOf('roadside-camera/hikvision/isapi-push'), '/examples', [
        { id: 'a', from: 'lane', hex, expect: expected, origin: 'computed', source: 'own' },
      ]),
    )
  const part = (name: string, hex: string) => ({ name, hex })
  const check = (kind: string, from = 'head') => ({ name: 'check', check: kind, from })
  const parts = (...list: unknown[]) => ({ as: 'parts', parts: list })

  it.each([
    ['crc16-modbus', '01 05 00 00 FF 00 8C 3A', part('head', '01 05 00 00 FF 00')],
    ['sum8', 'A0 01 01 A2', part('head', 'A0 01 01')],
    ['xor', '82 C1 43', part('head', '82 C1')],
    ['crc16-x25', '00 02 C4 01 F5 25', part('head', '00 02 C4 01')],
  ])('%s', (kind, hex, head) => {
    expect(withExample(hex, parts(head, check(kind)))).toEqual([])
    expect(withExample(hex.replace(/.$/, '7'), parts(head, check(kind)))).toEqual([
      'PROFILE-08 /examples/0/expect',
    ])
  })
  it('text in three character sets, and the check of NMEA', () => {
    const zda = '$GNZDA,013015.000,20,11,2026,00,00*4A'
    const hex = [...zda].map((c) => c.charCodeAt(0).toString(16)).join(' ')
    const body = { name: 'body', text: zda.slice(1, -3), as: 'ascii' }
    const sum = { ...check('nmea', 'body'), to: 'star' }
    const whole = parts(part('start', '24'), body, part('star', '2A'), sum)
    expect(withExample(hex, whole)).toEqual([])
    expect(withExample(hex.replace(/41$/, '42'), whole)).not.toEqual([])
    expect(withExample('BB B6 D3 AD', parts({ name: 'a', text: '欢迎', as: 'gbk' }))).toEqual([])
    expect(withExample('E6 AC A2', parts({ name: 'a', text: '欢', as: 'utf8' }))).toEqual([])
    expect(withExample('BB B6', parts({ name: 'a', text: '欢', as: 'utf8' }))).not.toEqual([])
  })
  it('a part twice', () => {
    expect(withExample('01 01', parts(part('a', '01'), part('a', '01')))).not.toEqual([])
  })
  it('JSON without blanks', () => {
    const hexOf = (text: string): string =>
      [...new TextEncoder().encode(text)].map((b) => b.toString(16).padStart(2, '0')).join(' ')
    const json = { as: 'json', value: { a: 1, b: '测' } }
    expect(withExample(hexOf('{"a":1,"b":"测"}'), json)).toEqual([])
    expect(withExample(hexOf('{"a": 1,"b":"测"}'), json)).toEqual(['PROFILE-09 /examples/0/hex'])
    expect(withExample(hexOf('{"a":2,"b":"测"}'), json)).toEqual(['PROFILE-08 /examples/0/expect'])
    expect(withExample(hexOf('{"a":1,"a":1}'), json)).toEqual(['PROFILE-08 /examples/0/expect'])
  })
})
