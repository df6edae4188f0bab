// The OBUs that a lot declares for its tests: one declaration each, refused when there are too many or none to delete,
// and not changed under a run.
import { describe, expect, it } from 'vitest'
import type { TestObu } from '#ledger/pure/facts.ts'
import { testObusMax, withTestObu } from '#acceptance/desk/service/test-obus.ts'
import { opened } from './acceptance-kit.ts'

const one: TestObu = { obuId: '1A2B3C4D', pieces: 1 }
const two: TestObu = { obuId: '00000002', pieces: 2 }
const many = Array.from({ length: testObusMax }, (_, i): TestObu => {
  return { obuId: i.toString(16).toUpperCase().padStart(8, '0'), pieces: 1 }
})

describe('a declaration', () => {
  it.each([
    ['of the first', [], '1a2b3c4d', 1, [one]],
    ['of another', [one], '00000002', 2, [one, two]],
    ['again, in small letters', [one, two], '1a2b3c4d', 2, [two, { obuId: '1A2B3C4D', pieces: 2 }]],
    ['deleted', [one, two], '1a2b3c4d', null, [two]],
    [
      'of one of the most',
      many,
      '00000000',
      2,
      [...many.slice(1), { obuId: '00000000', pieces: 2 }],
    ],
  ] as const)('%s', (_, before, obuId, pieces, after) => {
    expect(withTestObu(before, obuId, pieces)).toEqual(after)
  })

  it.each([
    ['one too many', many, 'FFFFFFFF', 1],
    ['none to delete', [one], '00000002', null],
    ['none at all', [], '1A2B3C4D', null],
  ] as const)('is refused: %s', (_, before, obuId, pieces) => {
    expect(() => withTestObu(before, obuId, pieces)).toThrow(
      expect.objectContaining({
        code: 'ARG-01',
        detail: expect.objectContaining({ value: obuId }),
      }),
    )
  })
})

it('is shown, and cannot be changed under a run', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly never[]>()
  const { service } = opened({ judge: () => promise })
  let audits = 0
  const audit = () => void audits++
  service.setTestObu('1A2B3C4D', 1, audit)
  expect((await service.view()).testObus).toEqual([one])
  await service.run({})
  expect(() => service.setTestObu('1A2B3C4D', null, audit)).toThrow(
    expect.objectContaining({ code: 'ACCEPT-02' }),
  )
  resolve([])
  await service.ended()
  service.setTestObu('1A2B3C4D', null, audit)
  expect((await service.view()).testObus).toEqual([])
  expect(audits).toBe(2)
})
