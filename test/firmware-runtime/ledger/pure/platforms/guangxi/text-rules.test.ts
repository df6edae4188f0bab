// 9.3.3.2: characters of one to three bytes in UTF-8 only.
// A character of four bytes is refused before sending, with its place.
import { describe, expect, it } from 'vitest'
import {
  bodyProblem,
  forbiddenCodePoint,
  refuseForbiddenText,
  textProblem,
} from '#ledger/pure/platforms/guangxi/text-rules.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

describe('characters', () => {
  it.each(['', 'abc', '测A12345', '\u0000', '\u07ff', '\u0800', '\uffff', '\ue000', '\ud7ff'])(
    'takes %j',
    (text) => {
      expect(forbiddenCodePoint(text)).toBeNull()
      expect(new TextEncoder().encode(text).every((b) => b < 0xf0)).toBe(true)
    },
  )
  it.each([
    ['😀', 'U+1F600'],
    ['a𠮷b', 'U+20BB7'],
    ['\u{10000}', 'U+10000'],
    ['\u{10ffff}', 'U+10FFFF'],
    ['\ud800', 'U+D800'],
    ['x\udfff', 'U+DFFF'],
    ['\udc00\ud800', 'U+DC00'],
    ['a\ud83d', 'U+D83D'],
  ])('refuses %j', (text, codePoint) => {
    expect(forbiddenCodePoint(text)).toBe(codePoint)
  })
})

describe('members', () => {
  it.each([
    [{ plate: '测A12345', list: ['a', { b: 1 }], no: null, yes: true, n: 1 }, null],
    [{ plate: '😀' }, '/plate'],
    [{ a: { b: ['x', 'y\ud800'] } }, '/a/b/1'],
    [{ 'a/b': { '~': '𠮷' } }, '/a~1b/~0'],
    [{ a: { '😀': 1 } }, '/a'],
    ['😀', ''],
  ])('%j', (value, field) => {
    expect(textProblem(value)?.field ?? null).toBe(field)
  })
})

describe('frozen bodies', () => {
  it.each([
    ['{"a":"测"}', null],
    ['{"a":"\\u6d4b\\ud7ff\\ue000"}', null],
    ['{"a":"😀"}', 'U+1F600'],
    ['{"a":"\\ud83d\\ude00"}', 'U+D83D'],
    ['{"a":"\\uDC00"}', 'U+DC00'],
    ['{"a":"\ud800"}', 'U+D800'],
  ])('%j', (text, codePoint) => {
    expect(bodyProblem(text)?.codePoint ?? null).toBe(codePoint)
  })
  it('is refused as UPLOAD-02 without the character in the message', () => {
    expect(() => refuseForbiddenText(null)).not.toThrow()
    try {
      refuseForbiddenText({ field: '/vehiclePlate', codePoint: 'U+1F600' })
      expect.unreachable()
    } catch (reason) {
      expect(reason).toBeInstanceOf(LaneFault)
      expect(reason).toMatchObject({
        code: 'UPLOAD-02',
        detail: { field: '/vehiclePlate', value: 'U+1F600' },
      })
    }
  })
})
