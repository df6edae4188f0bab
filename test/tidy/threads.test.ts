// Checks the use of clocks, and the split between the hot thread and the worker.
// The made-up trees below must be refused, which shows that the rules work.
import { expect, it } from 'vitest'
import { graphOf } from './imports.ts'
import { asking, clockFaults, ownTimers, threadFaults, timerFaults } from './threads.ts'
import { readTree, treeOf } from './tree.ts'

it('time and chance come through ports in every room that decides', () => {
  expect(clockFaults(readTree())).toEqual([])
})

it('each folder that may ask the machine for time has a file that does', () => {
  const asks = [...readTree()].filter(
    ([path, text]) =>
      clockFaults(treeOf({ 'firmware-runtime/a.ts': text })).length > 0 && path.endsWith('.ts'),
  )
  const folders = new Set(asks.map(([path]) => path.replace(/^firmware-runtime\/|\/[^/]+$/g, '')))
  expect(asking.filter((folder) => !folders.has(folder))).toEqual([])
})

it('every timer beside lanes is one of the clock that the lot owns', () => {
  expect(timerFaults(readTree())).toEqual([])
})

it.each(['setTimeout(look, 10)', 'setInterval(look, 10)', 'const mono = systemMonoClock()'])(
  'refuses beside lanes: %s',
  (text) => {
    const others = Object.fromEntries(
      Object.keys(ownTimers).map((start) => [
        `firmware-runtime/${start}${start.endsWith('.ts') ? '' : 'a.ts'}`,
        'setTimeout(end, 1)',
      ]),
    )
    const path = 'firmware-runtime/devices/desk/lane/a.ts'
    expect(timerFaults(treeOf({ ...others, [path]: text }))).toEqual([
      `${path} has a timer that no owner stops`,
    ])
  },
)

it('the hot thread loads links, lanes and commits only', () => {
  expect(threadFaults(graphOf(readTree(), (path) => path.endsWith('.ts')))).toEqual([])
})

it.each([
  ['a lane asks the wall', 'firmware-runtime/lane/lot/a.ts', 'const at = Date.now()'],
  ['a lane makes a date', 'firmware-runtime/lane/lot/a.ts', 'const at = new Date()'],
  ['a lane waits by itself', 'firmware-runtime/lane/lot/a.ts', 'setTimeout(next, 10)'],
  ['a device rolls dice', 'firmware-runtime/devices/pure/a.ts', 'const n = Math.random()'],
  [
    'a lane holds the transport clock',
    'firmware-runtime/lane/lot/a.ts',
    'open({ transport: wallClock })',
  ],
])('refuses: %s', (_why, path, text) => {
  expect(clockFaults(treeOf({ [path]: text }))).toHaveLength(1)
})

it('does not mind a comment', () => {
  expect(clockFaults(treeOf({ 'firmware-runtime/lane/lot/a.ts': '// never Date.now()' }))).toEqual(
    [],
  )
})

it('refuses a query on the hot thread, however deep', () => {
  const tree = treeOf({
    'firmware-runtime/runtime/site/site.ts': `import { a } from '../../lane/lot/a.ts'`,
    'firmware-runtime/lane/lot/a.ts': `import { b } from '../../ledger/sqlite/totals.ts'`,
  })
  expect(threadFaults(graphOf(tree, () => true))).toEqual([
    'the hot thread loads firmware-runtime/ledger/sqlite/totals.ts through firmware-runtime/lane/lot/a.ts',
  ])
})

it('lets a type through: it is gone at run time', () => {
  const tree = treeOf({
    'firmware-runtime/runtime/site/site.ts': `import type { A } from '../../ledger/sqlite/totals.ts'`,
  })
  expect(threadFaults(graphOf(tree, () => true))).toEqual([])
})
