// `etc-lane rsu tune field`: valid and invalid levels at a place, refused with flag and value before the lot is called;
// no point and too many points are refused as well.
import { expect, it } from 'vitest'
import { field, fieldPointOf } from '#devices/desk/commands/rsu-field.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

it.each([
  ['4.5 m=-45.5', { place: '4.5 m', dbm: -45.5 }],
  ['车道中线 3 m=-38', { place: '车道中线 3 m', dbm: -38 }],
  ['邻道=-120', { place: '邻道', dbm: -120 }],
  ['horn=40', { place: 'horn', dbm: 40 }],
])('%s is a level', (word, point) => {
  expect(fieldPointOf(word)).toEqual(point)
})

it.each([
  '',
  '=-45',
  ' =-45',
  '4.5 m',
  '4.5 m=',
  '4.5 m=-121',
  '4.5 m=40.5',
  '4.5 m=-45 dBm',
  'a=1e3',
])('"%s" is none, and is said with flag and value', (word) => {
  const refused = (): unknown => fieldPointOf(word)
  expect(refused).toThrow(LaneFault)
  expect(refused).toThrow('PLACE=DBM')
})

it('no point and too many are refused before a lot is looked for', async () => {
  const never = (): never => expect.fail('nothing is asked')
  const io = { stdout: never, stderr: never, onStop: never, json: true }
  const many = Array.from({ length: 51 }, (_, i) => ['--point', `p${i}=-40`]).flat()
  for (const points of [[], many])
    await expect(
      field.run(['tune', 'field', '--data', '/nowhere', '--lane', 'exit', ...points], io),
    ).rejects.toThrow('1 to 50')
})
