// Tariff files: what is accepted, what is refused with which field and value, and which warnings are given.
// Rows T01, T04, T09 of the list of bad inputs, and every member left out once.
import { expect, test } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { lifted, versionOne } from '../../../money/pure/billing/version-1.ts'
import { checkTariff, readTariff, tariffJsonSchema } from '#lane/lot/files/tariff-file.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const refusalOf = (text: string) => faultOf(() => readTariff(text, 'tariff.json'))

/** A file of version 1 as text with one member replaced, written raw so that any spelling can be tried. */
const withMember = (name: string, raw: string): string => {
  const members = Object.entries(versionOne).filter(([key]) => key !== name)
  const rest = members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${[...rest, `${JSON.stringify(name)}:${raw}`].join(',')}}`
}

test('the demo tariff is taken as it stands, without a warning', () => {
  const { tariff, warnings } = readTariff(JSON.stringify(demoTariff), 'demo')
  expect(tariff).toEqual(demoTariff)
  expect(warnings).toEqual([])
})

test('a tariff without classes and without a cap is taken', () => {
  const { classes: _classes, ...plain } = versionOne
  expect(checkTariff({ ...plain, dailyCapFen: null }, 'f').tariff).toEqual(
    lifted({ dailyCapFen: null, classes: {} }),
  )
})

const bad: [string, string, string, string][] = [
  ['negative fen (T01)', withMember('firstFen', '-1'), '/firstFen', '-1'],
  ['fractional fen (T01)', withMember('firstFen', '2.5'), '/firstFen', '2.5'],
  ['0.1 (T09)', withMember('nextFen', '0.1'), '/nextFen', '0.1'],
  ['yuan as text', withMember('firstFen', '"3.00"'), '/firstFen', '"3.00"'],
  ['an absurd amount', withMember('firstFen', '1000001'), '/firstFen', '1000001'],
  ['negative cap', withMember('dailyCapFen', '-5'), '/dailyCapFen', '-5'],
  ['a period of no length', withMember('nextPeriodMin', '0'), '/nextPeriodMin', '0'],
  ['half a minute', withMember('firstPeriodMin', '0.5'), '/firstPeriodMin', '0.5'],
  ['more free time than a day', withMember('freeMin', '1441'), '/freeMin', '1441'],
  ['unknown member', withMember('freeMins', '15'), '/freeMins', '15'],
  ['time bands are not known', withMember('bands', '[]'), '/bands', '[]'],
  [
    'unknown member in a name',
    withMember('name', '{"zh":"a","en":"b","fr":"c"}'),
    '/name/fr',
    '"c"',
  ],
  ['unknown member in a class', withMember('classes', '{"2":{"fen":1}}'), '/classes/2/fen', '1'],
  ['a class that is none', withMember('classes', '{"bus":{}}'), '/classes/bus', '{}'],
  ['class 0', withMember('classes', '{"0":{}}'), '/classes/0', '{}'],
  [
    'wrong amount in a class',
    withMember('classes', '{"2":{"nextFen":-4}}'),
    '/classes/2/nextFen',
    '-4',
  ],
  ['another version', withMember('version', '3'), '/version', '3'],
  ['unknown day boundary', withMember('dayBoundary', '"UTC"'), '/dayBoundary', '"UTC"'],
  ['empty name', withMember('name', '{"zh":" ","en":"b"}'), '/name/zh', '" "'],
  ['id with a path in it', withMember('id', '"../x"'), '/id', '"../x"'],
  ['true as a number', withMember('freeMinutesCounted', '1'), '/freeMinutesCounted', '1'],
  ['a list', '[]', '', '[]'],
  ['null', 'null', '', 'null'],
]

test.each(bad)('refuses %s', (_name, text, field, value) => {
  const fault = refusalOf(text)
  expect(fault.code).toBe('TARIFF-01')
  expect(fault.detail).toMatchObject({ file: 'tariff.json', field, value })
})

const brokenJson: [string, string, string][] = [
  ['a member twice', withMember('id', '"a","id":"b"'), '/id'],
  ['__proto__', withMember('__proto__', '{}'), '/__proto__'],
  ['a number above 2^53', withMember('firstFen', '9007199254740993'), '/firstFen'],
]

test.each(brokenJson)('refuses %s before looking at the tariff', (_name, text, field) => {
  expect(refusalOf(text)).toMatchObject({ code: 'FILE-02', detail: { field } })
})

const needed = Object.keys(versionOne).filter((key) => key !== 'classes')

test.each(needed)('refuses a tariff without %s', (name) => {
  const rest = Object.fromEntries(Object.entries(versionOne).filter(([key]) => key !== name))
  const fault = refusalOf(JSON.stringify(rest))
  expect(fault).toMatchObject({
    code: 'TARIFF-01',
    detail: { field: `/${name}`, value: 'missing' },
  })
})

test('a pointer inside a lot file starts where the tariff stands', () => {
  expect(() => checkTariff({ ...versionOne, firstFen: -1 }, 'lot.json', '/tariff')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ field: '/tariff/firstFen' }) }),
  )
})

test('warns of a cap below the first step (T04) and of a tariff that never charges', () => {
  const fieldsOf = (change: object): string[] =>
    checkTariff({ ...versionOne, ...change }, 'f').warnings.map((w) => w.field)
  expect(fieldsOf({ dailyCapFen: 299, classes: {} })).toEqual(['/dailyCapFen'])
  expect(fieldsOf({ dailyCapFen: 300, classes: {} })).toEqual([])
  expect(fieldsOf({ classes: { '2': { dailyCapFen: 100 } } })).toEqual(['/classes/2/dailyCapFen'])
  expect(fieldsOf({ classes: { '2': { firstFen: 2100 } } })).toEqual(['/classes/2'])
  expect(fieldsOf({ firstFen: 0, nextFen: 0, classes: {} })).toEqual(['/firstFen'])
})

test('the JSON Schema lists every member and forbids others', () => {
  expect(tariffJsonSchema()).toMatchObject({
    type: 'object',
    additionalProperties: false,
    required: Object.keys(demoTariff),
    properties: { version: { const: 2 }, editions: { type: 'array' } },
  })
})
