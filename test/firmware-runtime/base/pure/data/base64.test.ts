// Base64 against Buffer's, at every length; what is no base64 is refused.
// Line breaks, which some firmware puts in, are skipped.
import { describe, expect, it } from 'vitest'
import { base64Of, bytesOfBase64 } from '#base/pure/data/base64.ts'

describe('base64', () => {
  it('is that of Buffer, both ways, at every length', () => {
    for (let size = 0; size < 70; size++) {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 91 + size) & 0xff)
      const text = Buffer.from(bytes).toString('base64')
      expect(base64Of(bytes)).toBe(text)
      expect(bytesOfBase64(text)).toEqual(bytes)
      expect(bytesOfBase64(text.replace(/(.{8})/g, '$1\r\n'))).toEqual(bytes)
    }
  })
  it.each(['a', 'ab', 'abc', 'ab=c', '====', 'abc!', 'ab测=', 'abcde==='])('%j is none', (text) => {
    expect(bytesOfBase64(text)).toBeNull()
  })
})
