// Two sets of settings side by side: what changed, and what only one of them has.
// Zero is a value and not the same as unknown.
import { expect, it } from 'vitest'
import { compareSettings } from '#base/pure/lot/compare-settings.ts'

it('says what changed and what only one side knows, and takes nothing for zero', () => {
  const before = { powerStep: 8, channel: 0, bstIntervalMs: 10, yawDeg: null }
  const after = { powerStep: 12, channel: 0, rereadWaitSec: 0, yawDeg: null }
  expect(compareSettings(before, after)).toEqual([
    { id: 'bstIntervalMs', before: 10, after: null, state: 'onlyBefore' },
    { id: 'channel', before: 0, after: 0, state: 'same' },
    { id: 'powerStep', before: 8, after: 12, state: 'changed' },
    { id: 'rereadWaitSec', before: null, after: 0, state: 'onlyAfter' },
  ])
})
it('a setting named like a member of every object is one like any other', () => {
  expect(compareSettings({}, { constructor: 1 })).toMatchObject([
    { id: 'constructor', state: 'onlyAfter' },
  ])
})
