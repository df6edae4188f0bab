// The built program as files: what it reads before its first car (files and characters are counted, no time is
// measured), and what its packages say of the work of others, without which no package is made at all.
// A feature that a lane needs only on request is imported only then (docs/performance.md).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layThirdParty, licencesFile, sbomFile } from '../../installers/lane/third-party.mjs'
import { folderOfFile } from '../kit/own-folder.ts'

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
    { start: 'a lane', file: 'part-run.mjs', atMost: { files: 65, characters: 4_116_000 } },
    {
      start: 'a small command',
      file: 'part-secret.mjs',
      atMost: { files: 16, characters: 1_850_000 },
    },
    {
      start: 'the worker that answers searches',
      file: 'part-reader-worker.mjs',
      atMost: { files: 24, characters: 994_000 },
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

const folder = folderOfFile('etc-third-party-')

it('lays the licence of every bundled package, also of one that keeps them in a folder', () => {
  layThirdParty(folder, {
    program: { name: 'etc-lane', version: '0.0.1' },
    parts: ['main', 'runtime', 'renderer'],
    unbundled: ['node_modules/serialport'],
    others: [],
  })
  const licences = readFileSync(join(folder, licencesFile), 'utf8')
  const sbom = JSON.parse(readFileSync(join(folder, sbomFile), 'utf8')) as {
    readonly bomFormat: string
    readonly components: readonly { readonly name: string }[]
  }
  const names = sbom.components.map(({ name }) => name)
  expect(sbom.bomFormat).toBe('CycloneDX')
  expect(names).toEqual(expect.arrayContaining(['zod', 'vue-router', 'echarts', 'serialport']))
  for (const name of names) expect(licences).toContain(`\n${name} `)
  // The licence of D3 stands in echarts' folder of licences.
  expect(licences).toMatch(/Mike Bostock/)
})
