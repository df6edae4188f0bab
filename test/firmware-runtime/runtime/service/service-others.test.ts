// One machine has one service: the lanes of another car park, or other lanes of the same one, never take its place.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { serviceFiles } from '../../../../firmware-runtime/runtime/service/service-files.ts'
import {
  packagedUnit,
  unitFile,
} from '../../../../firmware-runtime/runtime/service/service-names.ts'
import { mustStartNoOther } from '../../../../firmware-runtime/runtime/service/service-others.ts'
import { taskXml } from '../../../../firmware-runtime/runtime/service/windows-task.ts'
import { codeOf } from '../../../kit/refusals.ts'

const own = '/srv/new'
const plan = { node: '/usr/bin/node', program: '/opt/etc.mjs' }

function lotText(text: string): string {
  const [lotId, nodeId] = text.split(' ')
  return JSON.stringify({ lotId, nodeId })
}

/** `dir`: folder of the installed service; null: no service. */
function refusal(
  platform: string,
  dir: string | null,
  ours: string,
  theirs: string | null,
  unit = unitFile,
) {
  const files = new Map([[join(own, 'lot.json'), lotText(ours)]])
  if (dir !== null && theirs !== null) files.set(join(dir, 'lot.json'), lotText(theirs))
  const made = dir === null ? [] : serviceFiles({ ...plan, dir })
  const text = made.find(({ what }) => what === 'unit')?.text
  if (platform === 'linux' && text !== undefined) files.set(unit, text)
  const ask = ([program]: readonly string[]): string | null =>
    program === 'schtasks' && dir !== null ? taskXml({ ...plan, dir }) : null
  const system = { platform, read: (path: string) => files.get(path) ?? null, ask }
  return codeOf(() => mustStartNoOther(own, system))
}

describe.each(['linux', 'win32'])('on %s', (platform) => {
  it.each<[string, string | null, string, string | null, string]>([
    ['lanes of another computer of the lot', '/srv/exit', 'GX1 n2', 'GX1 n1', 'SERVICE-20'],
    ['another car park', '/srv/a & b', 'GX2 n1', 'GX1 n1', 'SERVICE-20'],
    ['the same lanes from another folder', '/srv/old', 'GX1 n1', 'GX1 n1', 'none'],
    ['a folder that is gone', '/srv/old', 'GX1 n2', null, 'none'],
    ['the same folder', own, 'GX1 n1', 'GX1 n1', 'none'],
    ['nothing', null, 'GX1 n1', null, 'none'],
  ])('a service that starts %s', (_what, dir, ours, theirs, code) => {
    expect(refusal(platform, dir, ours, theirs)).toBe(code)
  })
})

it.each(['/srv/100% $lot', '/srv/a "b" \\ c', '/srv/车场 一号'])('reads %s in a unit', (dir) => {
  expect(refusal('linux', dir, 'GX1 n2', 'GX1 n1')).toBe('SERVICE-20')
  expect(refusal('linux', dir, 'GX1 n2', 'GX1 n1', packagedUnit)).toBe('SERVICE-20')
})
