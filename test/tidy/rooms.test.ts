// Checks every import of the product against the table of rooms.
// The made-up trees below must be refused, which shows that the table works.
import { expect, it } from 'vitest'
import { graphOf } from './imports.ts'
import { compositionRooms, inRooms, roomAt, roomFaults, rooms } from './rooms.ts'
import { readTree, treeOf, type Tree } from './tree.ts'
import { provinces } from '../../firmware-runtime/platforms/dialects.ts'

it('every import of the product fits the table of rooms', () => {
  expect(roomFaults(graphOf(readTree(), inRooms))).toEqual([])
})

it('every room of the table that may be imported is a row of the table', () => {
  const names = rooms.map((room) => room.name)
  const named = rooms.flatMap((room) => [...room.may, ...(room.mayType ?? [])])
  expect(named.filter((name) => !names.includes(name))).toEqual([])
})

const runtime = 'firmware-runtime'

/** The composition folders that contain a file; a file outside all of them is listed by itself. */
const composed = (tree: Tree): string[] => {
  const inside = [...tree.keys()].filter((path) => path.startsWith(`${runtime}/runtime/`))
  return [...new Set(inside.map((path) => path.split('/')[2] ?? path))].toSorted()
}

it('every folder of composition has its sentence, and every sentence its folder', () => {
  expect(composed(readTree())).toEqual(Object.keys(compositionRooms).toSorted())
  const sentence = /^[A-Z][^.;]+\.$/
  expect(Object.values(compositionRooms).filter((text) => !sentence.test(text))).toEqual([])
})

it('sees a folder without a sentence, and a file beside the folders', () => {
  const files = { [`${runtime}/runtime/odd/a.ts`]: '', [`${runtime}/runtime/b.ts`]: '' }
  expect(composed(treeOf(files))).toEqual(['b.ts', 'odd'])
})

/** The scheme of a header, which the published interface has too (docs/billing-interface.md). */
const shared = 'firmware-runtime/core/values/envelope-text.ts'
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

const refused: [why: string, path: string, text: string][] = [
  ['values import core', `${runtime}/core/values/a.ts`, `import { b } from '../lane/b.ts'`],
  ['values import a fault', `${runtime}/core/values/a.ts`, `import { b } from '../faults/b.ts'`],
  ['faults import a link', `${runtime}/core/faults/a.ts`, `import { b } from '../links/b.ts'`],
  ['faults import core', `${runtime}/core/faults/a.ts`, `import { b } from '../lot/b.ts'`],
  ['a link imports core', `${runtime}/core/links/a.ts`, `import { b } from '../lot/b.ts'`],
  ['values use node', `${runtime}/core/values/a.ts`, `import { join } from 'node:path'`],
  ['core imports a device', `${runtime}/core/a.ts`, `import { b } from '../devices/b.ts'`],
  ['core imports a port', `${runtime}/core/a.ts`, `import type { B } from '../ports/b.ts'`],
  ['core uses node, old name', `${runtime}/core/a.ts`, `import fs from 'fs'`],
  ['core uses a package', `${runtime}/core/a.ts`, `import { z } from 'zod'`],
  ['core imports later', `${runtime}/core/a.ts`, `const b = await import('../app/b.ts')`],
  ['core takes a type', `${runtime}/core/a.ts`, `type B = import('../app/b.ts').B`],
  ['core re-exports', `${runtime}/core/a.ts`, `export { b } from '../app/b.ts'`],
  ['a port imports an adapter', `${runtime}/ports/a.ts`, `import { b } from '../adapters/b.ts'`],
  ['a device imports a dialect', `${runtime}/devices/a.ts`, `import '../platforms/b.ts'`],
  ['a device uses another package', `${runtime}/devices/a.ts`, `import { a } from 'ws'`],
  ['a dialect imports app', `${runtime}/platforms/a.ts`, `import { b } from '../app/b.ts'`],
  [
    'an adapter names a province',
    `${runtime}/adapters/a.ts`,
    `import '../platforms/gx/dialect.ts'`,
  ],
  ['app names a province', `${runtime}/app/a.ts`, `import type { B } from '../platforms/gx/b.ts'`],
  ['a command names a province', `${runtime}/cli/a.ts`, `import '../platforms/gx/dialect.ts'`],
  ['a dialect runs a port', `${runtime}/platforms/gx/a.ts`, `import { b } from '../../ports/b.ts'`],
  ['an adapter imports app', `${runtime}/adapters/a.ts`, `import { b } from '../app/b.ts'`],
  ['app imports an adapter', `${runtime}/app/a.ts`, `import { b } from '../adapters/b.ts'`],
  [
    'app imports an adapter type',
    `${runtime}/app/a.ts`,
    `import type { B } from '../adapters/b.ts'`,
  ],
  ['api takes a type of app', `${runtime}/api/a.ts`, `import type { B } from '../app/b.ts'`],
  ['api imports an adapter', `${runtime}/api/a.ts`, `import '../adapters/b.ts'`],
  ['a simulator imports core', `${runtime}/simulators/a.ts`, `import '../core/b.ts'`],
  ['a simulator imports a codec', `${runtime}/simulators/rsu/a.ts`, `import '../../devices/b.ts'`],
  [
    'a simulator names a codec',
    `${runtime}/simulators/a.ts`,
    `import type { B } from '../devices/b.ts'`,
  ],
  [
    'a worker leaves its room',
    `${runtime}/simulators/a.ts`,
    `new URL('../app/b.ts', import.meta.url)`,
  ],
  ['the runtime imports Electron', `${runtime}/main.ts`, `import { app } from 'electron'`],
  [
    'the runtime imports main of Electron',
    `${runtime}/cli/a.ts`,
    `import '../../electron/main/b.ts'`,
  ],
  ['composition imports a command', `${runtime}/runtime/a.ts`, `import { b } from '../cli/b.ts'`],
  [
    'composition takes a type of the harness',
    `${runtime}/runtime/a.ts`,
    `import type { B } from '../harness/b.ts'`,
  ],
  ['composition imports a simulator', `${runtime}/runtime/a.ts`, `import '../simulators/b.ts'`],
  ['a command imports the harness', `${runtime}/cli/a.ts`, `await import('../harness/b.ts')`],
  ['a command imports a simulator', `${runtime}/cli/a.ts`, `import '../simulators/rsu/b.ts'`],
  ['the harness imports main', `${runtime}/harness/a.ts`, `import '../main.ts'`],
  ['the table joins a device', `${runtime}/commands.ts`, `import './runtime/lane/b.ts'`],
  ['Electron opens a device', 'electron/main/a.ts', `import { SerialPort } from 'serialport'`],
  ['Electron imports app', 'electron/main/a.ts', `import '../../firmware-runtime/app/b.ts'`],
  ['preload imports core', 'electron/preload/a.ts', `import '../../firmware-runtime/core/b.ts'`],
  ['the window uses node', 'renderer/kit/a.ts', `import { readFileSync } from 'node:fs'`],
  ['the window uses Electron', 'renderer/kit/a.ts', `import { ipcRenderer } from 'electron'`],
  [
    'the window runs api code',
    'renderer/kit/a.ts',
    `import { b } from '../../firmware-runtime/api/b.ts'`,
  ],
  ['the window imports core', 'renderer/kit/a.ts', `import '../../firmware-runtime/core/lot/b.ts'`],
  ['surveys import core', `${runtime}/survey/a.ts`, `import { b } from '../core/lot/b.ts'`],
  ['surveys use node', `${runtime}/survey/a.ts`, `import { join } from 'node:path'`],
  ['core imports surveys', `${runtime}/core/a.ts`, `import { b } from '../survey/b.ts'`],
  [
    'a component imports app',
    'features/A.vue',
    `<script setup lang="ts">\nimport { b } from '../../firmware-runtime/app/b.ts'\n</script>`,
  ],
  ['the kit imports a component', 'renderer/kit/a.ts', `import '../components/B.vue'`],
  ['the kit imports the shell', 'renderer/kit/a.ts', `import { b } from '../shell/b.ts'`],
  ['a component imports a screen', 'renderer/components/a.ts', `import '../../features/b/B.vue'`],
  ['a screen imports the shell', 'features/a/a.ts', `import '../../renderer/shell/b.ts'`],
  [
    'a screen takes a type of the shell',
    'features/a/a.ts',
    `import type { B } from '../../renderer/shell/b.ts'`,
  ],
  ['a screen imports another', 'features/a/a.ts', `import '../b/B.vue'`],
  ['the client imports the kit', 'renderer/api/a.ts', `import { b } from '../kit/b.ts'`],
  ['a file of the window in no room', 'renderer/a.ts', ''],
  ['a file in no room', `${runtime}/utils/a.ts`, ''],
  ['an import of no room', `${runtime}/app/a.ts`, `import '../utils/b.ts'`],
  ['an import that leaves the product', `${runtime}/app/a.ts`, `import '../../test/b.ts'`],
]

it.each(refused)('refuses: %s', (_why, path, text) => {
  expect(roomFaults(graphOf(treeOf({ [path]: text }), inRooms))).toHaveLength(1)
})

const allowed: [path: string, text: string][] = [
  [
    `${runtime}/core/lane/a.ts`,
    `import { b } from '../values/b.ts'\nimport { c } from '../etc/c.ts'`,
  ],
  [`${runtime}/ports/a.ts`, `import type { B } from '../core/etc/b.ts'`],
  [`${runtime}/devices/a.ts`, `import iconv from 'iconv-lite'`],
  [`${runtime}/app/a.ts`, `import { calls } from '../api/b.ts'\nimport { join } from 'node:path'`],
  [`${runtime}/main.ts`, `const b = await import('./harness/demo/b.ts')`],
  [`${runtime}/cli/a.ts`, `import { b } from '../runtime/host/b.ts'`],
  [`${runtime}/harness/a.ts`, `import '../simulators/rsu/a.ts'\nimport '../cli/b.ts'`],
  [`${runtime}/commands.ts`, `import './cli/a.ts'\nimport './harness/b.ts'`],
  [`${runtime}/core/a.ts`, `// import '../app/b.ts'\nexport const c = "import '../app/b.ts'"`],
  ['renderer/kit/a.ts', `import type { LaneClient } from '../../firmware-runtime/api/b.ts'`],
  ['features/a/a.ts', `import { b } from '../../firmware-runtime/survey/b.ts'`],
  ['features/a/a.ts', `import B from './B.vue'`],
  ['features/a/a.ts', `import '../../renderer/kit/b.ts'\nimport '../../renderer/components/B.vue'`],
  ['renderer/shell/a.ts', `import '../kit/b.ts'\nimport '../../features/b/B.vue'`],
]

it.each(allowed)('accepts an import of %s', (path, text) => {
  expect(roomFaults(graphOf(treeOf({ [path]: text }), inRooms))).toEqual([])
})
