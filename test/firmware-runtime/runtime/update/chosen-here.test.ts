// Which program a service begins: the installed one, also where the program of a slot makes it.
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { installedProgram } from '#runtime/update/chosen-here.ts'

const program = resolve('/opt/etc-lane/dist/runtime/main.mjs')

it.each([
  ['without flags', ['/opt/etc-lane/node', program]],
  ['with flags of Node', ['/opt/etc-lane/node', '--max-semi-space-size=4', program]],
  ['with blanks in its path', ['/opt/etc lane/node', '--optimize-for-size', program]],
])('is the one that began the slot, %s', (_what, call) => {
  const env = { ETC_LANE_CHOSEN: '0.2.0-b', ETC_LANE_INSTALLED: JSON.stringify(call) }
  expect(installedProgram(env)).toEqual({ node: call[0], program })
})

it('is this one where nobody began it', () => {
  const own = { node: process.execPath, program: process.argv[1] }
  expect([installedProgram({}), installedProgram({ ETC_LANE_CHOSEN: '' })]).toEqual([own, own])
})
