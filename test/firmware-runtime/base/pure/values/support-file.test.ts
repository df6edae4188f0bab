// A support file opens only as it was written: what is foreign, newer, cut off or changed is refused with its place.
import { expect, it } from 'vitest'
import { carsOf, openSupport, supportText, type PartText } from '#base/pure/values/support-file.ts'
import { supportDigest } from '#runtime/host/support-here.ts'

const times = { madeAtIso: '2026-11-20T18:00:00.000+08:00', fromIso: 'a', toIso: 'b' }
const part = (name: PartText['name'], value: unknown): PartText => ({
  name,
  text: JSON.stringify(value),
  items: 1,
  hidden: { plate: 2 },
  isCut: false,
  code: null,
})
const car = (stayId: string, amountFen: number) => ({
  stayId,
  car: '桂A·车001',
  amountFen,
  why: [],
})
const cars = [car('s1', 1_200), car('s2', 900), car('s3', 1_200)]
const text = supportText(
  { lotId: 'GX1', ...times },
  [part('program', { version: '1' }), part('cars', cars)],
  supportDigest,
)
const [head = '', program = '', ofCars = '', end = ''] = text.split('\n')

it('opens with its parts, also with the line ends and mark of another system', async () => {
  for (const one of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.trimEnd()]) {
    const opened = await openSupport(one, supportDigest)
    expect(opened).toMatchObject({
      ok: true,
      head: { lotId: 'GX1' },
      parts: { program: { version: '1' } },
      cars,
    })
  }
})

it.each([
  [{}, ['s1', 's2', 's3']],
  [{ stayId: 's2' }, ['s2']],
  [{ amountFen: 1_200 }, ['s1', 's3']],
  [{ stayId: 's2', amountFen: 1_200 }, []],
])('%j: %j', (asked, ids) => {
  expect(carsOf({ cars: cars as never }, asked).map(({ stayId }) => stayId)).toEqual(ids)
})

const changed = ofCars.replace('900', '901')
const digest = supportDigest(changed).sha256Hex
it.each([
  ['', 'SUPPORT-01', 'line 1', ''],
  ['PK\u0003\u0004', 'SUPPORT-01', 'line 1', 'PK\u0003\u0004'],
  ['{"format":"etc-lane car 1"}\n', 'SUPPORT-01', 'format', 'etc-lane car 1'],
  ['{"lotId":"x"}', 'SUPPORT-01', 'format', ''],
  [head.replace('support 1', 'support 2'), 'SUPPORT-02', 'format', 'etc-lane support 2'],
  [head.slice(0, 200), 'SUPPORT-03', 'line 1', head.slice(0, 40)],
  ['{"format":"etc-lane support 1"}', 'SUPPORT-03', 'line 1', 'etc-lane support 1'],
  [head, 'SUPPORT-03', 'lines', '0/3'],
  [[head, program].join('\n'), 'SUPPORT-03', 'lines', '1/3'],
  [[head, program, ofCars].join('\n'), 'SUPPORT-03', 'lines', '2/3'],
  [
    [head, program, ofCars, end.slice(0, 30)].join('\n'),
    'SUPPORT-03',
    'line 1',
    'etc-lane support 1',
  ],
  [text.replace('GX1', 'GX2'), 'SUPPORT-03', 'line 1', 'etc-lane support 1'],
  [[head, program, changed, end].join('\n'), 'SUPPORT-03', 'cars', digest],
  [
    [head, ofCars, program, end].join('\n'),
    'SUPPORT-03',
    'program',
    supportDigest(ofCars).sha256Hex,
  ],
])('refuses %j', async (given, code, field, value) => {
  expect(await openSupport(given, supportDigest)).toEqual({ ok: false, code, field, value })
})

it('is opened at no other length of it', async () => {
  const whole = text.trimEnd().length
  for (let length = 0; length < whole; length += 7)
    expect(await openSupport(text.slice(0, length), supportDigest)).toMatchObject({ ok: false })
})
