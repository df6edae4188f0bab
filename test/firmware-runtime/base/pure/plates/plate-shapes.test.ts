// Plates that a person should check, and usual ones that need no check; both are accepted.
// One character too few or too many is the most frequent typing error.
import { expect, test } from 'vitest'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import { normalisePlate, unusualPlates } from '#base/pure/plates/plate.ts'

test.each([
  '测A12345',
  '桂AB1C23',
  '测AD12345',
  '测A12345D',
  '测ADM33L6',
  '测A1234警',
  '测A1234学',
  '粤Z1234港',
  '沪A0023领',
  '使014578',
  '测X1234应急',
  '测12345应急',
  'WJ测1234X',
  'WJ011234X',
  'VA12345',
  '民航A1234',
])('%s is as plates are', (plate) => {
  expect([normalisePlate(plate), unusualPlates([plate])]).toEqual([plate, []])
})

test.each(['测B2222', '测B2222222', '测112345', '测AI2345', '测A1O345', '测A12345港'])(
  '%s is a plate to look at again',
  (plate) => {
    expect([normalisePlate(plate), unusualPlates([plate, plate])]).toEqual([plate, [plate]])
  },
)

test('of plates of three places the mainland one counts', () => {
  for (const text of ['测Z1234澳|MX1234|ZM123', 'MX1234｜测Z1234澳｜ZM123', '测Z1234港 | AB1234'])
    expect(normalisePlate(text)).toMatch(/^测Z1234[港澳]$/)
  expect(normalisePlate('MX1234|ZM123')).toBeNull()
})

test('a colour that was not seen is that of the kind, where that has one', () => {
  expect(
    ['测X1234应急', 'VA12345', '民航A1234', '测A12345', '测AD12345'].map((plate) =>
      colourOfPlate(plate, 'unknown'),
    ),
  ).toEqual(['white', 'white', 'green', 'unknown', 'green'])
  expect(colourOfPlate('VA12345', 'blue')).toBe('blue')
})

test('the last character of an emergency vehicle is no plate to look at', () => {
  expect(unusualPlates(['*警', '测B2222', '测A12345'])).toEqual(['测B2222'])
})
