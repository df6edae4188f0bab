// The strict reader against JSON.parse where both must agree, and where it must refuse what JSON.parse takes.
// Rows P09 to P12 and G01 of the list of bad inputs are here by name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonPointer } from '#base/pure/data/json.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { faultOf } from '../../../kit/refusals.ts'

const refusalOf = (source: string | Uint8Array) => faultOf(() => readStrictJson(source, 'lot.json'))

const good = [
  '{}',
  ' [ ] ',
  '{"a":[1,-2,0.5,1e3,-0,{"b":null}],"c":true,"d":false}',
  '"\\u6d4b\\n\\"\\\\\\/\\b\\f\\r\\t"',
  '"测A12345 \\ud83d\\ude97"',
  '9007199254740991',
  '-9007199254740991',
  '\r\n\t 0 \n',
  '{"a":{"a":{"a":1}}}',
  '{"":1," ":2}',
]

test.each(good)('reads %j as JSON.parse does', (text) => {
  const wanted: unknown = JSON.parse(text)
  expect(JSON.stringify(readStrictJson(text, 'f'))).toBe(JSON.stringify(wanted))
  expect(readStrictJson(new TextEncoder().encode(text), 'f')).toEqual(readStrictJson(text, 'f'))
})

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

const bad: [string, string, string, string][] = [
  ['empty file (G01)', '', '', ''],
  ['blanks only', ' \n', '', ''],
  ['half-written file (G01)', '{"lanes":[{"id":"exit"', '/lanes/0', 'EOF'],
  ['BOM (G01)', '\ufeff{}', '', 'BOM'],
  ['duplicate key (P09)', '{"a":{"fen":1,"b":2,"fen":300}}', '/a/fen', 'fen'],
  ['duplicate key, escaped', '{"fen":1,"\\u0066en":300}', '/fen', 'fen'],
  ['__proto__ (P10)', '{"a":[{"__proto__":{"x":1}}]}', '/a/0/__proto__', '__proto__'],
  ['escaped __proto__', '{"\\u005f_proto__":1}', '/__proto__', '__proto__'],
  ['constructor (P10)', '{"constructor":1}', '/constructor', 'constructor'],
  ['200,000 levels (P11)', deep(200_000), '/0'.repeat(33), '33 levels'],
  ['one level too deep', deep(34), '/0'.repeat(33), '33 levels'],
  ['integer above 2^53 (P12)', '{"fen":9007199254740993}', '/fen', '9007199254740993'],
  ['2^53 itself', '[9007199254740992]', '/0', '9007199254740992'],
  ['negative', '[-9007199254740993]', '/0', '-9007199254740993'],
  ['endless number', '[1e400]', '/0', '1e400'],
  ['digits that vanish', '[1.0000000000000000001]', '/0', '1.0000000000000000001'],
  ['trailing comma', '{"a":1,}', '', '}'],
  ['trailing comma in a list', '[1,]', '/1', ']'],
  ['comment', '{"a":1} // x', '', '// x'],
  ['two documents', '{}{}', '', '{}'],
  ['single quotes', "{'a':1}", '', "'a':1}"],
  ['hex', '[0x10]', '/0', '0x10]'],
  ['leading zero', '[012]', '/0', '012]'],
  ['plus', '[+1]', '/0', '+1]'],
  ['NaN', '[NaN]', '/0', 'NaN]'],
  ['bare point', '[1.]', '/0', '1.]'],
  ['trueish', '[True]', '/0', 'True]'],
  ['raw newline in a text', '["a\nb"]', '/0', '"a'],
  ['unknown escape', '["\\x41"]', '/0', '\\x'],
  ['cut escape', '["\\u12"]', '/0', '\\u12"]'],
  ['half a character', '["\\ud83d"]', '/0', '"\\ud83d"]'],
  ['text never closed', '{"a":"b', '/a', '"b'],
  ['missing colon', '{"a" 1}', '/a', '1}'],
  ['pointer characters', '{"a/b~":[x]}', '/a~1b~0/0', 'x]}'],
]

test.each(bad)('refuses %s', (_name, text, field, value) => {
  const fault = refusalOf(text)
  expect(fault.code).toBe('FILE-02')
  expect(fault.detail).toMatchObject({ file: 'lot.json', field, value })
})

test('names line and column', () => {
  expect(refusalOf('{\n  "a": 1,\n  "a": 2\n}').message).toContain('line 3, column 3')
})

const wrongBytes: [string, number[], string][] = [
  ['UTF-8 BOM', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], 'BOM'],
  ['UTF-16 LE', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00], 'UTF-16'],
  ['UTF-16 BE', [0xfe, 0xff, 0x00, 0x7b, 0x00, 0x7d], 'UTF-16'],
  ['GBK', [0x22, 0xb2, 0xe2, 0x22], 'not UTF-8'],
  ['an overlong form', [0x22, 0xc0, 0xaf, 0x22], 'not UTF-8'],
]

test.each(wrongBytes)('refuses %s and names the encoding', (_name, bytes, value) => {
  expect(refusalOf(Uint8Array.from(bytes)).detail.value).toBe(value)
})

test('refuses a file over its size limit without reading it', () => {
  expect(refusalOf(new Uint8Array(1_048_577)).message).toContain('too large')
  expect(refusalOf(' '.repeat(1_048_577)).message).toContain('too large')
})

test('agrees with JSON.parse on whatever JSON.stringify writes', () => {
  const value = fc.jsonValue({ maxDepth: 5, noUnicodeString: false })
  fc.assert(
    fc.property(value, (v) => {
      const text = JSON.stringify(v)
      if (/__proto__|constructor|prototype/.test(text)) return
      // Doubles with more than 15 digits are refused on purpose, so integers replace all numbers here.
      const whole = text.replaceAll(/-?\d+\.\d+(e[+-]?\d+)?|-?\d+e[+-]?\d+|\d{16,}/g, '7')
      expect(readStrictJson(whole, 'f')).toEqual(JSON.parse(whole.replaceAll(/-0\b/g, '0')))
    }),
    { seed: 7, numRuns: 500 },
  )
})

test('never accepts a text that JSON.parse refuses', () => {
  const alphabet = [
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '1',
    '-',
    '.',
    'e',
    '\\',
    'u',
    'a',
    ' ',
    'null',
  ]
  const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }).map((a) => a.join(''))
  fc.assert(
    fc.property(text, (t) => {
      let wanted: unknown
      try {
        wanted = JSON.parse(t)
      } catch {
        expect(refusalOf(t).code).toBe('FILE-02')
        return
      }
      try {
        expect(readStrictJson(t, 'f')).toEqual(wanted === 0 ? 0 : wanted)
      } catch (fault) {
        if (!(fault instanceof LaneFault)) throw fault
      }
    }),
    { seed: 11, numRuns: 20_000 },
  )
})

test('a JSON pointer escapes its two special characters', () => {
  expect(jsonPointer(['a/b', '~', 0])).toBe('/a~1b/~0/0')
})
