// PPS edges as Linux reports them below /sys/class/pps, from files of the same format. Text that is no edge, and a source
// that does not exist, give null.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemPulse } from '#base/time/system-pulse.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const folder = folderOfFile('etc-lane-pps-')
const at = systemPulse(folder)

it('reads the time of the last edge', () => {
  mkdirSync(join(folder, 'pps0'))
  const edge = (text: string): void => writeFileSync(join(folder, 'pps0', 'assert'), text)
  edge('1795138214.983207967#8\n')
  expect(at('pps0')).toEqual({
    atMs: 1_795_138_214_983.207_967,
    said: 'pps0 1795138214.983207967#8\n',
  })
  for (const none of ['0.000000000#0\n', '', '1795138214.98#8', 'x']) {
    edge(none)
    expect(at('pps0')).toBeNull()
  }
  expect(at('pps1')).toBeNull()
})
