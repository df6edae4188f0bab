// A car park as registered: its spaces by kind in words, and lot files whose kinds do not add up are refused.
// A lot that names no kinds has only ordinary spaces.
import { expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { spaceKindsOf, spacesSaid } from '#lane/pure/lot/lot-facts.ts'
import { testLot } from '../../../runtime/control/control-kit.ts'

const kinds = { ordinary: 50, charging: 8, special: 2 }

it.each([
  [{ capacity: 60, spaceKinds: kinds }, '60 个(普通 50、充电 8、专用 2)'],
  [
    { capacity: 60, spaceKinds: { ordinary: 52, charging: 8, special: 0 } },
    '60 个(普通 52、充电 8)',
  ],
  [{ capacity: 8, spaceKinds: { ordinary: 0, charging: 8, special: 0 } }, '8 个(充电 8)'],
  [{ capacity: 60, spaceKinds: { ordinary: 60, charging: 0, special: 0 } }, '60 个'],
  [{ capacity: 60 }, '60 个'],
])('%o is said as %s', (lot, said) => {
  expect(spacesSaid(lot).zh).toBe(said)
})

it('without kinds all are ordinary', () => {
  expect(spaceKindsOf({ capacity: 60 })).toEqual({ ordinary: 60, charging: 0, special: 0 })
  expect(spaceKindsOf({ capacity: 60, spaceKinds: kinds })).toEqual(kinds)
})

const file = { ...testLot, capacity: 60 }

it('a lot file keeps what it is on record as', () => {
  const said = { spaceKinds: kinds, district: '东区', qualification: '桂停-001' }
  expect(checkLot({ ...file, ...said }, 'lot.json')).toMatchObject(said)
})

it.each([
  ['kinds below the capacity', { spaceKinds: { ...kinds, special: 1 } }, '/spaceKinds'],
  ['kinds above it', { spaceKinds: { ...kinds, charging: 9 } }, '/spaceKinds'],
  ['fewer than none', { spaceKinds: { ...kinds, special: -2 } }, '/spaceKinds/special'],
  ['a kind that is none', { spaceKinds: { ...kinds, women: 0 } }, '/spaceKinds/women'],
  ['an empty district', { district: '' }, '/district'],
  ['a licence longer than a line', { qualification: '1'.repeat(61) }, '/qualification'],
])('%s is refused by its field', (_what, over, field) => {
  expect(() => checkLot({ ...file, ...over }, 'lot.json')).toThrow(
    expect.objectContaining({ code: 'LOT-02', detail: expect.objectContaining({ field }) }),
  )
})
