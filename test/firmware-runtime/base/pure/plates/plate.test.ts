// Plates in a text: two cars in one cell are two plates or none, whatever parts them; a car with plates of three places is
// one car, and a plate typed with blanks in it is one plate.
import { describe, expect, test } from 'vitest'
import { normalisePlate, platesIn, plateWords } from '#base/pure/plates/plate.ts'

const both = ['测A12345', '测A12346']

describe('two cars in one text', () => {
  test.each([
    '|',
    '｜',
    '¦',
    '丨',
    ',',
    '，',
    ';',
    '；',
    '、',
    '､',
    '/',
    '／',
    '\\',
    '&',
    '+',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\u3000',
    '\t',
    ' | ',
    ' 、\n',
    ';;',
  ])('parted by %j are two plates, and no plate of one car', (mark) => {
    const text = both.join(mark)
    expect(plateWords(text)).toEqual(both)
    expect(normalisePlate(text)).toBeNull()
    expect(normalisePlate(`${text}${mark}`)).toBeNull()
  })

  test.each([
    ['测A12345测A12346', ['测A12345测A12346']],
    ['测A12345-测A12346', ['测A12345-测A12346']],
    ['测A12345|A12', ['测A12345', 'A12']],
    ['测A12345/测A1234?', ['测A12345', '测A1234?']],
    ['WJ测1234X|民航A1234', ['WJ测1234X', '民航A1234']],
    ['测X1234应急,VA12345', ['测X1234应急', 'VA12345']],
    ['测A12345 蓝', ['测A12345', '蓝']],
    ['测A12345|MX1234', ['测A12345', 'MX1234']],
    ['测A 12345 测B·1234 5', ['测A12345', '测B12345']],
    ['测AD1234 5 测A12346', ['测AD12345', '测A12346']],
    ['测Z1234澳|MX1234|ZM123|测Z1235港|ZB12', ['测Z1234澳', '测Z1235港']],
    ['测Z1234澳 MX1234 测A12345', ['测Z1234澳', '测A12345']],
  ])('%j has the words %j', (text, words) => {
    expect(plateWords(text)).toEqual(words)
    expect(normalisePlate(text)).toBeNull()
  })
})

describe('one car', () => {
  test.each([
    ['测Z1234澳|MX1234|ZM123', '测Z1234澳'],
    ['测Z1234澳｜MX1234｜ZM123', '测Z1234澳'],
    ['MX1234|测Z1234澳|ZM123', '测Z1234澳'],
    ['MX1234|ZM123|测Z1234港', '测Z1234港'],
    ['测Z1234港/ZB12', '测Z1234港'],
    ['测Z1234澳 MX-12-34 ZM-123', '测Z1234澳'],
    ['测A·12345', '测A12345'],
    ['测a 12345', '测A12345'],
    ['测 A 1 2 3 4 5', '测A12345'],
    ['测A12345|', '测A12345'],
    ['测A12345|测A12345', '测A12345'],
    ['\u3000测ＡＤ１２３４５\n', '测AD12345'],
  ])('%j is %s', (text, plate) => {
    expect(normalisePlate(text)).toBe(plate)
    expect(platesIn(text)).toEqual([plate])
  })
})

test.each(['', '|', 'MX1234', 'MX1234|ZM123', '合计', '13800000000'])('%j has no plate', (text) => {
  expect(normalisePlate(text)).toBeNull()
  expect(platesIn(text)).toEqual([])
})
