// The two slots of ledger.head: what they say, what damage they show, and that they take turns.
// Every single-bit flip in a slot must be seen.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  decodeSlot,
  encodeSlot,
  headFileBytes,
  openHeadFile,
  readHeadBytes,
  readHeadFile,
  slotBytes,
  slotOffsets,
} from '#ledger/sqlite/head-file.ts'
import { newFolder, removeFolders } from './ledger-kit.ts'

afterEach(removeFolders)

const head = { seq: 2 ** 40 + 7, hash: '0123456789abcdef'.repeat(4) }

describe('a slot', () => {
  it('comes back as it was written, in 64 bytes', () => {
    expect(encodeSlot(head)).toHaveLength(64)
    expect(decodeSlot(encodeSlot(head))).toEqual(head)
  })

  it('shows each of its 512 bits when it flips', () => {
    for (let bit = 0; bit < slotBytes * 8; bit++) {
      const slot = encodeSlot(head)
      slot[bit >> 3] = (slot[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(decodeSlot(slot), `bit ${bit}`).toBe('bad')
    }
  })

  it('is bad when it is short and empty when it is zero', () => {
    expect(decodeSlot(encodeSlot(head).subarray(0, 40))).toBe('bad')
    expect(decodeSlot(new Uint8Array(slotBytes))).toBe('empty')
    expect(decodeSlot(new Uint8Array(0))).toBe('empty')
  })
})

describe('the file', () => {
  it('is written in turns, so that the newest but one is always still there', () => {
    const path = join(newFolder(), 'ledger.head')
    const file = openHeadFile(path, true)
    for (let seq = 1; seq <= 5; seq++) {
      file.write({ ...head, seq })
      const bytes = readFileSync(path)
      expect(bytes).toHaveLength(headFileBytes)
      expect(readHeadBytes(bytes)).toMatchObject({ state: 'whole', head: { seq } })
      const newest = readHeadBytes(bytes).nextSlot === 0 ? 1 : 0
      bytes.fill(0xff, slotOffsets[newest], slotOffsets[newest] + slotBytes)
      if (seq > 1)
        expect(readHeadBytes(bytes)).toMatchObject({ state: 'torn', head: { seq: seq - 1 } })
    }
    file.close()
    const again = openHeadFile(path, true)
    again.write({ ...head, seq: 6 })
    again.close()
    expect(readHeadFile(path).head?.seq).toBe(6)
  })

  it('overwrites the damaged slot first', () => {
    const path = join(newFolder(), 'ledger.head')
    const file = openHeadFile(path, true)
    file.write({ ...head, seq: 1 })
    file.write({ ...head, seq: 2 })
    file.close()
    const bytes = readFileSync(path)
    bytes.fill(0xff, slotOffsets[1])
    writeFileSync(path, bytes)
    const mended = openHeadFile(path, true)
    mended.write({ ...head, seq: 3 })
    mended.close()
    expect(readHeadFile(path)).toMatchObject({ state: 'whole', head: { seq: 3 } })
  })

  it.each([
    ['absent', null, 'absent'],
    ['no bytes', new Uint8Array(0), 'bad'],
    ['zeros', new Uint8Array(headFileBytes), 'bad'],
    ['other text', new TextEncoder().encode('x'.repeat(headFileBytes)), 'bad'],
    ['one slot and nothing more', encodeSlot(head), 'whole'],
  ])('reads %s', (_, bytes, state) => {
    const path = join(newFolder(), 'ledger.head')
    if (bytes !== null) writeFileSync(path, bytes)
    expect(readHeadFile(path).state).toBe(state)
  })
})
