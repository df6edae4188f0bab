// A file that a person names is read up to its size limit and never blocks: a pipe without a writer, and one whose writer
// sends nothing, return at once. The pipes are real.
import { execFileSync, spawn } from 'node:child_process'
import { openSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readUpTo } from '#base/files/read-up-to.ts'
import { patienceMs } from '../../../kit/eventually.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('read-up-to-')

it('a file is read whole; one that is too large is refused before it is read', () => {
  const file = join(dir, 'ten')
  writeFileSync(file, '0123456789')
  expect(readUpTo(file, 10).toString()).toBe('0123456789')
  for (const max of [9, 4, 0])
    expect(() => readUpTo(file, max)).toThrow(expect.objectContaining({ code: 'FILE-01' }))
  const sparse = join(dir, 'sparse')
  writeFileSync(sparse, '')
  truncateSync(sparse, 1024 ** 4)
  expect(() => readUpTo(sparse, 256 * 1024 ** 2)).toThrow(/more than 268435456 bytes/)
})

it.skipIf(process.platform === 'win32').each(['/dev/zero', '/dev/urandom', '/dev/full', '/dev'])(
  '%s is no file, and nothing of it is read',
  (file) => {
    expect(() => readUpTo(file, 256 * 1024 ** 2)).toThrow(
      expect.objectContaining({ code: 'FILE-01', detail: expect.objectContaining({ file }) }),
    )
  },
)

/** Reads in a separate process, so that a blocked read ends by the time limit. */
const reading = (file: string): string => {
  const url = new URL('../../../../firmware-runtime/base/files/read-up-to.ts', import.meta.url)
  const script = `import { readUpTo } from '${url.href}'
    try { console.log(readUpTo('${file}', 100).length) } catch (error) { console.log(error.code) }`
  const args = ['--input-type=module', '-e', script]
  return execFileSync(process.execPath, args, { encoding: 'utf8', timeout: patienceMs }).trim()
}

it.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
  const pipe = join(dir, 'pipe.pem')
  execFileSync('mkfifo', [pipe])
  expect(reading(pipe)).toBe('0')
  const silent = spawn('sleep', ['60'], { stdio: ['ignore', openSync(pipe, 'r+'), 'ignore'] })
  try {
    expect(reading(pipe)).toBe('EAGAIN')
  } finally {
    const gone = new Promise((done) => silent.once('exit', done))
    silent.kill('SIGKILL')
    await gone
  }
})
