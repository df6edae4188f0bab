// What a text says of a plate: the plate, and a colour in front of it. A province is no colour, and half a plate is none.
import { expect, it } from 'vitest'
import { normalisePlate, plateOfText } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'

it.each([
  ['224578使', '224578使', null],
  ['黑224578使', '224578使', 'black'],
  ['黑使224578', '使224578', 'black'],
  ['使224578', '使224578', null],
  ['蓝测A12345', '测A12345', 'blue'],
  ['黄绿测A12345D', '测A12345D', 'yellowGreen'],
  ['绿测AD12345', '测AD12345', 'green'],
  ['白WJ测1234X', 'WJ测1234X', 'white'],
  ['黑粤Z1234港', '粤Z1234港', 'black'],
  ['黑A12345', '黑A12345', null],
  ['黑AD12345', '黑AD12345', null],
  ['黑A1234学', '黑A1234学', null],
  ['测X1234应急', '测X1234应急', null],
  ['测12345应急', '测12345应急', null],
  ['测Z1234澳|MX1234|ZM123', '测Z1234澳', null],
])('%s', (raw, plate, prefix) => {
  expect(plateOfText(raw)).toEqual({ plate, prefix })
  expect(normalisePlate(raw)).toBe(plate)
})

it.each([
  '测A1234应',
  '测12345应',
  '测X1234急',
  '测A1234 应',
  '蓝测A1234应',
  '24578使',
  '蓝',
  '',
  '黑使',
])('%j is no plate', (raw) => expect(normalisePlate(raw)).toBeNull())

it.each([
  ['测AD12345', 'green'],
  ['测AF1234A', 'green'],
  ['测AK98765', 'green'],
  ['测A12345D', 'yellowGreen'],
  ['测A12345F', 'yellowGreen'],
  ['测AZ12345', 'green'],
  ['测A12345', 'unknown'],
  ['测A1234学', 'unknown'],
  ['224578使', 'black'],
] as const)('%s of unknown colour is %s', (plate, colour) => {
  expect(colourOfPlate(plate, 'unknown')).toBe(colour)
  expect(colourOfPlate(plate, 'blue')).toBe('blue')
})
