// A document laid out in a separate process, or in a thread where no process can be started: the same pages, a failure with
// its message, and either is gone once the document is stopped. The real program is started.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { DocumentsInWork } from '#base/worker/document-work.ts'
import { layOutBeside, layOutHere, type PaperJob } from '#base/desk/document/paper-process.ts'
import { eventually } from '../../../../kit/eventually.ts'
import { program } from '../../../../wire/kit/program.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

const receipt: PaperJob = {
  kind: 'receipt',
  lines: [{ kind: 'text', text: '停车费 12.00 元', align: 'center', size: 'normal' }],
}
const textOf = (pdf: Uint8Array): string =>
  Buffer.from(pdf)
    .toString('latin1')
    // Removes the creation time and the document id, which differ in every run.
    .replaceAll(/\(D:[^)]*\)|<[0-9a-f]{32}>/g, '')

let dir = ''
const noNode = () => join(dir, 'no-such-node')
beforeEach(() => (dir = folderOfTest('lay-out-')))

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

it('a machine that starts no process lays out in a thread', async () => {
  const pdf = await layOutBeside(program, noNode())(receipt)
  expect(textOf(pdf)).toBe(textOf(await layOutHere(receipt)))
})

/** A program that writes its process id and then runs until the test's folder is gone, deaf to anything but its end. */
function endless(): { readonly file: string; begun(): Promise<number> } {
  const [file, pid] = [join(dir, 'endless.mjs'), join(dir, 'pid')]
  const lines = [
    `import { existsSync, writeFileSync } from 'node:fs'`,
    `writeFileSync(${JSON.stringify(pid)}, String(process.pid) + '.')`,
    `while (existsSync(${JSON.stringify(pid)}));`,
  ]
  writeFileSync(file, lines.join('\n'))
  const read = () => (existsSync(pid) ? readFileSync(pid, 'utf8') : '')
  return {
    file,
    begun: async () => Number.parseInt(await eventually(read, (text) => text.endsWith('.'))),
  }
}
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('is stopped with its process, which is gone by then', async () => {
  const documents = new DocumentsInWork()
  const { file, begun } = endless()
  const made = documents.run('a', false, () => layOutBeside(file)(receipt))
  const refused = expect(made).rejects.toMatchObject({ code: 'REPORT-05' })
  const pid = await begun()
  expect(pid).not.toBe(process.pid)
  expect(isThere(pid)).toBe(true)
  expect(documents.phase('a')).toBe('layingOut')
  expect(documents.stop('of another')).toBe(0)
  expect(documents.stop('a')).toBe(1)
  await refused
  expect(isThere(pid)).toBe(false)
  expect(documents.phase('a')).toBeNull()
})

it('is stopped with its thread, which would never hear of it', async () => {
  const documents = new DocumentsInWork()
  const { file, begun } = endless()
  const made = documents.run('a', false, () => layOutBeside(file, noNode())(receipt))
  const refused = expect(made).rejects.toMatchObject({ code: 'REPORT-05' })
  expect(await begun()).toBe(process.pid)
  expect(documents.stop('a')).toBe(1)
  await refused
})

it('one that is stopped while it is read starts nothing', async () => {
  const documents = new DocumentsInWork()
  const { file } = endless()
  const read = Promise.withResolvers<void>()
  const made = documents.run('a', false, () => read.promise.then(() => layOutBeside(file)(receipt)))
  expect(documents.phase('a')).toBe('reading')
  expect(documents.stop('a')).toBe(1)
  read.resolve()
  await expect(made).rejects.toMatchObject({ code: 'REPORT-05' })
  expect(existsSync(join(dir, 'pid'))).toBe(false)
})

it('what nothing is left of is answered at once, whatever goes on', async () => {
  const documents = new DocumentsInWork()
  const made = documents.run('a', true, () => new Promise<never>(() => undefined))
  expect(documents.stop('a')).toBe(1)
  await expect(made).rejects.toMatchObject({ code: 'REPORT-05' })
  expect(documents.stop('a')).toBe(0)
})
