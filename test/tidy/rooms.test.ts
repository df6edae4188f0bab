// Checks every import of the product against the table of rooms.
// The made-up trees below must be refused, which shows that the table works.
import { expect, it } from 'vitest'
import { graphOf } from './imports.ts'
import { inRooms, roomAt, roomFaults, rooms } from './rooms.ts'
import { readTree, treeOf } from './tree.ts'
import { provinces } from '#ledger/pure/platforms/dialects.ts'

it('every import of the product fits the table of rooms', () => {
  expect(roomFaults(graphOf(readTree(), inRooms))).toEqual([])
})

it('every room of the table that may be imported is a row of the table', () => {
  const names = rooms.map((room) => room.name)
  const named = rooms.flatMap((room) => [...room.may, ...(room.mayType ?? [])])
  expect(named.filter((name) => !names.includes(name))).toEqual([])
})

const runtime = 'firmware-runtime'

/** The scheme of a header, which the published interface has too (docs/billing-interface.md). */
const shared = 'firmware-runtime/base/pure/words/envelope-text.ts'
/** A province by name, by a member of its records, or by the scheme of its header. */
const ofProvince = /guangxi|liaoning|etcCardId|ETC-SM2-WITH-SM3/i
/** Rooms that may name provinces: their table, their folders, and the simulation of their platforms and cars. */
const speaking = ['dialects', 'platforms', 'simulators', 'harness']

it('a province is named in its folder and its row of the table alone', () => {
  const named = [...readTree()]
    .filter(([path, text]) => /\.(ts|vue)$/.test(path) && ofProvince.test(text))
    .filter(([path]) => path !== shared)
    .map(([path]) => ({ path, room: roomAt(path)?.name ?? 'test' }))
    .filter(({ room }) => room !== 'test')
  expect(named.map(({ room }) => room)).toContain('dialects')
  expect(named.filter(({ room }) => !speaking.includes(room))).toEqual([])
})

/** Result codes that occur as a whole string, or are compared, cut or looked up. */
const codes = new Set(provinces.flatMap(({ dialect }) => dialect.codes.map(({ code }) => code)))
const quotedDigits = /(['"`])(\d{5,6})\1/g
const readsCode =
  /\brespCode\s*(?:[!=]==|\??\.(?:at|charAt|endsWith|includes|match|slice|startsWith|substring)\b|\??\.?\[)/
const comment = /^\s*(?:\/\/|\/?\*)/

function interpretsCode(text: string): boolean {
  const found = (line: string): boolean =>
    readsCode.test(line) ||
    [...line.matchAll(quotedDigits)].some(([, , digits = '']) => codes.has(digits))
  return text.split('\n').some((line) => found(line) && !comment.test(line))
}

it('the code of an answer means something to the dialects and the simulators alone', () => {
  const found = [...readTree()]
    .filter(([path, text]) => /\.(ts|vue)$/.test(path) && interpretsCode(text))
    .map(([path]) => ({ path, room: roomAt(path)?.name ?? 'test' }))
    .filter(({ room, path }) => room !== 'test' && !path.startsWith('renderer/platform-sim/'))
  expect(found.map(({ room }) => room)).toContain('platforms')
  expect(found.filter(({ room }) => !speaking.includes(room))).toEqual([])
})

it.each([
  [`  if (respCode === '100000') return paid`],
  [`  const isPaid = meta.respCode?.startsWith(good)`],
  [`  return answer.respCode.slice(0, 1)`],
  [`const paid = "100002"`],
  [`  const stopped = ['${[...codes].at(-1)}', 'A1']`],
])('sees a line that interprets one: %s', (line) => {
  expect(interpretsCode(`const a = 1\n${line}\n`)).toBe(true)
})

it('takes a line that carries a code along', () => {
  const lines = [
    '  return { status: answer.status, respCode: dialect.respCodeOf(text) }',
    "    const why = last.body.note ?? last.body.respCode ?? ''",
    '// A success is 100000 and nothing else.',
  ]
  expect(lines.filter(interpretsCode)).toEqual([])
})

const at = (path: string) => `${runtime}/${path}/a.ts`
const takes = (path: string) => `import { b } from '${path}/b.ts'`
const takesType = (path: string) => `import type { B } from '${path}/b.ts'`

const refused: [why: string, path: string, text: string][] = [
  ['values import a later theme', at('base/pure'), takes('../../lane/pure')],
  ['values use node', at('base/pure'), `import { join } from 'node:path'`],
  ['a pure part uses node, old name', at('lane/pure'), `import fs from 'fs'`],
  ['a pure part uses a package', at('lane/pure'), `import { z } from 'zod'`],
  ['a pure part imports its theme', at('lane/pure'), takes('../lot')],
  ['a pure part imports later', at('lane/pure'), `const b = await import('../lot/b.ts')`],
  ['a pure part takes a type', at('lane/pure'), `type B = import('../lot/b.ts').B`],
  ['a pure part re-exports', at('lane/pure'), `export { b } from '../lot/b.ts'`],
  ['a port imports an adapter', at('ledger/ports'), takes('../sqlite')],
  ['devices import the ledger', at('devices/pure'), takes('../../ledger/pure')],
  ['devices name a province', at('devices/pure'), `import '../../ledger/pure/platforms/b.ts'`],
  ['a device uses another package', at('devices/pure'), `import { a } from 'ws'`],
  ['money imports the ledger', at('money/pure'), takes('../../ledger/pure')],
  ['the ledger imports a lane', at('ledger/sqlite'), takesType('../../lane/lot')],
  ['a lane imports a survey', at('lane/lot'), takes('../../survey/pure')],
  ['a survey imports the acceptance', at('survey/runs'), takes('../../acceptance/pure')],
  ['a survey uses node', at('survey/pure'), `import { join } from 'node:path'`],
  ['a theme imports its desk', at('money/receipts'), takes('../desk/report')],
  ['a desk imports a later one', at('money/desk/report'), takes('../../../lane/desk/setup')],
  ['a theme imports composition', at('lane/lot'), takes('../../runtime/host')],
  ['a dialect imports its theme', at('ledger/pure/platforms/gx'), takes('../../../sqlite')],
  ['a dialect imports a lane', at('ledger/pure/platforms/gx'), takes('../../../../lane/pure')],
  ['an adapter names a province', at('ledger/http'), `import '../pure/platforms/gx/dialect.ts'`],
  ['a theme names a province', at('lane/lot'), takesType('../../ledger/pure/platforms/gx')],
  [
    'a command names a province',
    at('ledger/desk/commands'),
    `import '../../pure/platforms/gx/dialect.ts'`,
  ],
  ['calls take a type of their theme', at('lane/calls'), takesType('../lot')],
  ['calls import an adapter', at('ledger/calls'), `import '../sqlite/b.ts'`],
  ['a simulator imports a lane', at('simulators'), `import '../lane/pure/b.ts'`],
  ['a simulator imports a codec', at('simulators/rsu'), `import '../../devices/pure/b.ts'`],
  ['a simulator names a codec', at('simulators'), takesType('../devices/pure')],
  ['a worker leaves its room', at('simulators'), `new URL('../lane/lot/b.ts', import.meta.url)`],
  ['the runtime imports Electron', `${runtime}/main.ts`, `import { app } from 'electron'`],
  [
    'the runtime imports main of Electron',
    at('runtime/commands'),
    `import '../../../electron/main/b.ts'`,
  ],
  ['composition takes a type of the harness', at('runtime/host'), takesType('../../harness')],
  ['composition imports a simulator', at('runtime/host'), `import '../../simulators/b.ts'`],
  ['a command imports the harness', at('runtime/commands'), `await import('../../harness/b.ts')`],
  ['a command imports a simulator', at('runtime/commands'), `import '../../simulators/rsu/b.ts'`],
  ['the harness imports main', at('harness'), `import '../main.ts'`],
  ['the table joins a device', `${runtime}/commands.ts`, `import './devices/desk/lane/b.ts'`],
  ['Electron opens a device', 'electron/main/a.ts', `import { SerialPort } from 'serialport'`],
  [
    'Electron imports a lane',
    'electron/main/a.ts',
    `import '../../firmware-runtime/lane/lot/b.ts'`,
  ],
  [
    'preload imports a pure part',
    'electron/preload/a.ts',
    `import '../../firmware-runtime/lane/pure/b.ts'`,
  ],
  ['the window uses node', 'renderer/kit/a.ts', `import { readFileSync } from 'node:fs'`],
  ['the window uses Electron', 'renderer/kit/a.ts', `import { ipcRenderer } from 'electron'`],
  [
    'the window runs calls',
    'renderer/kit/a.ts',
    `import { b } from '../../firmware-runtime/lane/calls/b.ts'`,
  ],
  [
    'the window imports a lane',
    'renderer/kit/a.ts',
    `import '../../firmware-runtime/lane/pure/lot/b.ts'`,
  ],
  [
    'a component imports a service',
    'renderer/pages/a/A.vue',
    `<script setup lang="ts">\nimport { b } from '../../../firmware-runtime/lane/lot/b.ts'\n</script>`,
  ],
  ['the kit imports a component', 'renderer/kit/a.ts', `import '../components/B.vue'`],
  ['the kit imports the shell', 'renderer/kit/a.ts', `import { b } from '../shell/b.ts'`],
  ['a component imports a screen', 'renderer/components/a.ts', `import '../pages/b/B.vue'`],
  ['a screen imports the shell', 'renderer/pages/a/a.ts', `import '../../shell/b.ts'`],
  [
    'a screen takes a type of the shell',
    'renderer/pages/a/a.ts',
    `import type { B } from '../../shell/b.ts'`,
  ],
  ['a screen imports another', 'renderer/pages/a/a.ts', `import '../b/B.vue'`],
  ['the client imports the kit', 'renderer/api/a.ts', `import { b } from '../kit/b.ts'`],
  ['a file of the window in no room', 'renderer/a.ts', ''],
  ['a file in no room', `${runtime}/utils/a.ts`, ''],
  ['an import of no room', at('lane/lot'), `import '../../utils/b.ts'`],
  ['an import that leaves the product', at('lane/lot'), `import '../../../test/b.ts'`],
]

it.each(refused)('refuses: %s', (_why, path, text) => {
  expect(roomFaults(graphOf(treeOf({ [path]: text }), inRooms))).toHaveLength(1)
})

const allowed: [path: string, text: string][] = [
  [at('lane/pure'), `${takes('../../base/pure')}\n${takes('../../ledger/pure')}`],
  [at('ledger/ports'), takesType('../pure')],
  [at('devices/pure'), `import iconv from 'iconv-lite'`],
  [at('lane/lot'), `${takes('../calls')}\nimport { join } from 'node:path'`],
  [
    at('money/desk/report'),
    `${takes('../../../lane/lot')}\n${takes('../../../devices/desk/lane')}`,
  ],
  [`${runtime}/main.ts`, `const b = await import('./harness/demo/b.ts')`],
  [at('runtime/commands'), takes('../host')],
  [at('harness'), `import '../simulators/rsu/a.ts'\nimport '../runtime/commands/b.ts'`],
  [`${runtime}/commands.ts`, `import './runtime/commands/a.ts'\nimport './harness/b.ts'`],
  [at('lane/pure'), `// import '../lot/b.ts'\nexport const c = "import '../lot/b.ts'"`],
  [
    'renderer/kit/a.ts',
    `import type { LaneClient } from '../../firmware-runtime/runtime/api/b.ts'`,
  ],
  ['renderer/pages/a/a.ts', `import { b } from '../../../firmware-runtime/survey/pure/b.ts'`],
  ['renderer/pages/a/a.ts', `import B from './B.vue'`],
  ['renderer/pages/a/a.ts', `import '../../kit/b.ts'\nimport '../../components/B.vue'`],
  ['renderer/shell/a.ts', `import '../kit/b.ts'\nimport '../pages/b/B.vue'`],
]

it.each(allowed)('accepts an import of %s', (path, text) => {
  expect(roomFaults(graphOf(treeOf({ [path]: text }), inRooms))).toEqual([])
})
