// Where a live runtime of a folder is reached: its run file counts only while its process holds the lock.
// A run file that a power cut left empty or cut off is as good as none.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { liveRuntime } from '../../../firmware-runtime/cli/data-folder.ts'

let dir = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'data-folder-test-'))
  mkdirSync(join(dir, 'run'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const endpoints = { api: 'http://127.0.0.1:1', tokenFile: 'token' }
const left = (runFile: string, holder: number): void => {
  writeFileSync(join(dir, 'run', 'runtime.json'), runFile)
  writeFileSync(join(dir, 'run', 'lock'), `${holder}\n`)
}

it('names the runtime whose process holds the lock', () => {
  left(JSON.stringify({ pid: process.ppid, endpoints }), process.ppid)
  expect(liveRuntime(dir)).toEqual({ pid: process.ppid, endpoints })
})

it('names none where another process holds it', () => {
  left(JSON.stringify({ pid: process.pid, endpoints }), process.ppid)
  expect(liveRuntime(dir)).toBeNull()
})

it.each(['', '{"apiVersion":1,"pi', 'null'])('%j names nobody', (runFile) => {
  left(runFile, process.ppid)
  expect(liveRuntime(dir)).toBeNull()
})
