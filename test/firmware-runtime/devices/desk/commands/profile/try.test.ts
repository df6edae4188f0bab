// `etc-lane profile try`: a capture without one whole frame fails, and its bytes are counted.
// Pasted lines of another framing must not pass as a capture without problems.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tryAct } from '#devices/desk/commands/profile/try.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'
import { runCommand } from '../../../../../kit/run-command.ts'

const folder = folderOfFile('try-')

/** A frame of generic-len that starts the PSAM authorisation, and the same with a wrong check byte. */
const whole = '10 ms < FF FF 00 01 CA B6 42'
const broken = '20 ms < FF FF 00 01 CA B6 43'

it.each([
  ['generic-len', [whole], 0, { ok: true, unframed: 0 }],
  ['generic-len', [whole, broken], 0, { ok: true, unframed: 7 }],
  ['generic-len', [broken], 1, { ok: false, frames: [], unframed: 7 }],
  ['generic-bcc', [whole], 1, { ok: false, frames: [], unframed: 7 }],
])('as %s, %j: exit %i', async (from, lines, code, said) => {
  const file = join(folder, 'capture.txt')
  writeFileSync(file, lines.join('\n'))
  const ran = await runCommand(tryAct, ['try', '--from', from, '--capture', file])
  expect(ran.code).toBe(code)
  expect(ran.json).toMatchObject(said)
})
