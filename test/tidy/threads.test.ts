// Checks the use of clocks, and the split between the hot thread and the worker.
// The made-up trees below must be refused, which shows that the rules work.
import { expect, it } from 'vitest'
import { graphOf } from './imports.ts'
import { clockFaults, ownTimers, threadFaults, timerFaults } from './threads.ts'
import { readTree, treeOf } from './tree.ts'

it('time and chance come through ports in every room that decides', () => {
  expect(clockFaults(readTree())).toEqual([])
})

it('every timer beside lanes is one of the clock that the lot owns', () => {
  expect(timerFaults(readTree())).toEqual([])
})

it.each(['setTimeout(look, 10)', 'setInterval(look, 10)', 'const mono = systemMonoClock()'])(
  'refuses beside lanes: %s',
  (text) => {
    const others = Object.fromEntries(
      Object.keys(ownTimers).map((start) => [
        `firmware-runtime/runtime/${start}${start.endsWith('.ts') ? '' : 'a.ts'}`,
        'setTimeout(end, 1)',
      ]),
    )
    const path = 'firmware-runtime/runtime/lane/a.ts'
    expect(timerFaults(treeOf({ ...others, [path]: text }))).toEqual([
      `${path} has a timer that no owner stops`,
    ])
  },
)

it('the hot thread loads links, lanes and commits only', () => {
  expect(threadFaults(graphOf(readTree(), (path) => path.endsWith('.ts')))).toEqual([])
})

it.each([
  ['app asks the wall', 'firmware-runtime/app/a.ts', 'const at = Date.now()'],
  ['app makes a date', 'firmware-runtime/app/a.ts', 'const at = new Date()'],
  ['app waits by itself', 'firmware-runtime/app/a.ts', 'setTimeout(next, 10)'],
  ['a device rolls dice', 'firmware-runtime/devices/a.ts', 'const n = Math.random()'],
  ['app holds the transport clock', 'firmware-runtime/app/a.ts', 'open({ transport: wallClock })'],
])('refuses: %s', (_why, path, text) => {
  expect(clockFaults(treeOf({ [path]: text }))).toHaveLength(1)
})

it('does not mind a comment', () => {
  expect(clockFaults(treeOf({ 'firmware-runtime/app/a.ts': '// never Date.now()' }))).toEqual([])
})

it('refuses a query on the hot thread, however deep', () => {
  const tree = treeOf({
    'firmware-runtime/runtime/site/site.ts': `import { a } from '../../app/a.ts'`,
    'firmware-runtime/app/a.ts': `import { b } from '../adapters/sqlite/totals.ts'`,
  })
  expect(threadFaults(graphOf(tree, () => true))).toEqual([
    'the hot thread loads firmware-runtime/ledger/sqlite/totals.ts through firmware-runtime/app/a.ts',
  ])
})

it('lets a type through: it is gone at run time', () => {
  const tree = treeOf({
    'firmware-runtime/runtime/site/site.ts': `import type { A } from '../../adapters/sqlite/totals.ts'`,
  })
  expect(threadFaults(graphOf(tree, () => true))).toEqual([])
})
