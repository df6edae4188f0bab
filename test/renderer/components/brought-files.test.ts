// Dropped files: single files and folders, read to a limited depth; only names within the folder are kept.
// Folders may be libraries with a place for each kind, or loose files.
import { describe, expect, it } from 'vitest'
import { calls, fromDrop } from '#renderer/pages/profiles/brought-files.ts'

interface Tree {
  readonly [name: string]: Tree | string
}

/** A folder entry like the browser's: entries come two at a time, then an empty list. */
function entryOf(name: string, value: Tree | string): unknown {
  if (typeof value === 'string')
    return {
      name,
      isFile: true,
      isDirectory: false,
      file: (done: (file: File) => void) => done(new File([value], name)),
    }
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = Object.entries(value).map(([key, one]) => entryOf(key, one))
      return { readEntries: (done: (some: unknown[]) => void) => done(left.splice(0, 2)) }
    },
  }
}

async function dropped(tree: Tree): Promise<string[]> {
  const entries = Object.entries(tree)
  const items = entries.map(([name, value]) => ({ webkitGetAsEntry: () => entryOf(name, value) }))
  const files = entries.map(([name, value]) => new File([JSON.stringify(value)], name))
  const found = await fromDrop({ items, files } as unknown as DataTransfer)
  return found.map(({ name }) => name).sort()
}

describe('a drop', () => {
  it('of files keeps every one: what is no profile is said to be none', async () => {
    expect(await dropped({ 'a.json': '{}', 'b.txt': 'x' })).toEqual(['a.json', 'b.txt'])
  })

  it('of a folder takes all profiles and signatures below it, and nothing else', async () => {
    const acme = { 'one.json': '{}', 'one.json.sig': '{}', 'one.bak': 'x', 'two.json': '{}' }
    const found = await dropped({ lib: { rsu: { acme }, 'readme.md': 'x' }, 'loose.json': '{}' })
    expect(found).toEqual([
      'loose.json',
      'rsu/acme/one.json',
      'rsu/acme/one.json.sig',
      'rsu/acme/two.json',
    ])
  })

  it('of two folders with one name in both keeps both (P08)', async () => {
    const found = await dropped({ a: { 'one.json': '{}' }, b: { 'one.json': '{}' } })
    expect(found).toEqual(['2/one.json', 'one.json'])
  })

  it('of a folder without end stops at a depth', async () => {
    const nest = (depth: number): Tree =>
      depth === 0 ? { 'deep.json': '{}' } : { 'x.json': '{}', f: nest(depth - 1) }
    const found = await dropped({ lib: nest(40) })
    expect(found.length).toBe(5)
  })
})

describe('parts', () => {
  it('of small files go together, and a call never carries more than it may', async () => {
    const files = Array.from({ length: 50 }, (_, i) => ({
      name: `${i}.json`,
      file: new Blob(['x'.repeat(1_000 + i)]),
    }))
    const sizes: number[] = []
    let parts = 0
    for await (const call of calls(files)) {
      sizes.push(call.reduce((sum, { base64 }) => sum + base64.length, 0))
      parts += call.length
    }
    expect(parts).toBe(50)
    expect(sizes.length).toBe(3)
    for (const size of sizes) expect(size).toBeLessThanOrEqual(48_000)
  })
})
