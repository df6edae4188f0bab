// Temporary folders of tests; each is removed with its content.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

/** Makes a folder and returns it with the call that removes it. */
function made(prefix: string): readonly [dir: string, remove: () => void] {
  const dir = mkdtempSync(join(tmpdir(), prefix))
  return [dir, () => rmSync(dir, { recursive: true, force: true })]
}

/** Removed after the tests of the file or `describe` in which this is called. */
export function folderOfFile(prefix: string): string {
  const [dir, remove] = made(prefix)
  // A run of single tests (test/mutation/suite.ts) repeats the hooks of the file around each.
  beforeAll(() => void mkdirSync(dir, { recursive: true }))
  afterAll(remove)
  return dir
}

/** Removed after the test that this is called in, or in a `beforeEach` of. */
export function folderOfTest(prefix: string): string {
  const [dir, remove] = made(prefix)
  onTestFinished(remove)
  return dir
}
