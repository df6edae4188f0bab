// What the built program reads before its first car: files and characters are counted, no time is measured.
// A feature that a lane needs only on request is imported only then (docs/performance.md).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const dist = join(import.meta.dirname, '..', '..', 'dist', 'runtime')
const importStatement = /(?<=^|;)(?:import|export)\b[^'"`;(\n]*"\.\/([^"]+)"/gm

/** Every file that is read when one file of the program is loaded, by name. */
function readWith(first: string): ReadonlyMap<string, string> {
  const read = new Map<string, string>()
  const open = [first]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (read.has(name)) continue
    const text = readFileSync(join(dist, name), 'utf8')
    read.set(name, text)
    open.push(...[...text.matchAll(importStatement)].map(([, target]) => target ?? ''))
  }
  return read
}

const characters = (read: ReadonlyMap<string, string>): number =>
  [...read.values()].reduce((sum, text) => sum + text.length, 0)

describe('a start of the built program', () => {
  it.each([
    { start: 'a lane', file: 'part-run.mjs', atMost: { files: 65, characters: 3_750_000 } },
    {
      start: 'a small command',
      file: 'part-secret.mjs',
      atMost: { files: 16, characters: 1_700_000 },
    },
    {
      start: 'the worker that answers searches',
      file: 'part-reader-worker.mjs',
      atMost: { files: 24, characters: 900_000 },
    },
  ])('of $start reads few files and no more text than it did', ({ file, atMost }) => {
    const read = readWith(file)
    expect([...read.keys()].length).toBeGreaterThan(2)
    expect(read.size).toBeLessThanOrEqual(atMost.files)
    expect(characters(read)).toBeLessThanOrEqual(atMost.characters)
  })

  it('reads no character that makes the engine keep a file in two bytes a character', () => {
    for (const [name, text] of readWith('part-run.mjs')) {
      const wide = /[\u0100-\uffff]/.exec(text)
      expect({ name, at: wide?.index ?? null }).toEqual({ name, at: null })
    }
  })
})
