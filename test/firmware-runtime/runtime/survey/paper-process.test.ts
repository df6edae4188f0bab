// A document by a process of its own: the same pages as here, a failure said with its words, and a machine that starts
// no process still gets its document. The program itself is started.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  layOutBeside,
  layOutHere,
  type PaperJob,
} from '../../../../firmware-runtime/runtime/survey/paper-process.ts'
import { program } from '../../../wire/kit/program.ts'

const receipt: PaperJob = {
  kind: 'receipt',
  lines: [{ kind: 'text', text: '停车费 12.00 元', align: 'center', size: 'normal' }],
}
const textOf = (pdf: Uint8Array): string =>
  Buffer.from(pdf)
    .toString('latin1')
    // When it was made, and what it is called by: of each run its own.
    .replaceAll(/\(D:[^)]*\)|<[0-9a-f]{32}>/g, '')

let dir = ''
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'lay-out-'))))
afterEach(() => rmSync(dir, { recursive: true }))

it('lays out the same pages as this process', async () => {
  const [there, here] = await Promise.all([layOutBeside(program)(receipt), layOutHere(receipt)])
  expect(textOf(there).startsWith('%PDF-')).toBe(true)
  expect(textOf(there)).toBe(textOf(here))
})

it('that ends without a document says why', async () => {
  const broken = join(dir, 'broken.mjs')
  writeFileSync(broken, "console.error('no room left'); process.exit(1)")
  await expect(layOutBeside(broken)(receipt)).rejects.toMatchObject({
    code: 'RUN-03',
    detail: { note: 'no room left' },
  })
})

it('a machine that starts no process lays out where it is', async () => {
  const pdf = await layOutBeside(program, join(dir, 'no-such-node'))(receipt)
  expect(textOf(pdf)).toBe(textOf(await layOutHere(receipt)))
})
