// The recovery key: its printed text reads back, a wrong letter is detected, two shares are required, and a box opens only
// with its own key.
import { describe, expect, it } from 'vitest'
import {
  openWithKey,
  readRecoveryKey,
  recoveryKeyOf,
  recoveryShares,
  recoveryText,
  sealToKey,
} from '#base/secrets/recovery-key.ts'

const key = recoveryKeyOf(Buffer.alloc(32, 9))
const text = recoveryText(key)

describe('the text of a key', () => {
  it('is 16 groups of 4 that lead back to the key', () => {
    expect(text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){15}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(readRecoveryKey(text)).toEqual(key)
  })

  it('is found in what is printed around it, and read as a hand writes it', () => {
    expect(readRecoveryKey(`停车场 A\n${text}\nkeep it`)).toEqual(key)
    expect(readRecoveryKey(text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(
      key,
    )
  })

  it.each([...Array.from({ length: 64 }, (_, at) => at)])('tells a wrong letter at %i', (at) => {
    const letters = [...text.replaceAll('-', '')]
    letters[at] = letters[at] === 'A' ? 'B' : 'A'
    expect(() => readRecoveryKey(letters.join(''))).toThrow('RECOVERY-01')
  })

  it.each([
    ['nothing', ''],
    ['half of it', text.slice(0, 39)],
    ['other letters', text.replace(/^./, 'U')],
  ])('refuses %s', (_, wrong) => {
    expect(() => readRecoveryKey(wrong)).toThrow('RECOVERY-01')
  })
})

describe('two shares', () => {
  const [one, two] = recoveryShares(key)

  it('are the key together, in either order', () => {
    expect(readRecoveryKey(`${one}\n${two}`)).toEqual(key)
    expect(readRecoveryKey(`${two}\n${one}`)).toEqual(key)
  })

  it('are nothing alone, twice, or with the share of another making', () => {
    const [otherOne, otherTwo] = recoveryShares(recoveryKeyOf())
    expect(() => readRecoveryKey(one)).toThrow('share 1 of 2')
    expect(() => readRecoveryKey(two)).toThrow('share 2 of 2')
    expect(() => readRecoveryKey(`${one}\n${one}`)).toThrow('RECOVERY-01')
    expect(() => readRecoveryKey(`${one}\n${otherTwo}`)).toThrow('two keys')
    expect(() => readRecoveryKey(`${one}\n${otherOne}`)).toThrow('RECOVERY-01')
    const [again] = recoveryShares(key)
    expect(() => readRecoveryKey(`${again}\n${two}`)).toThrow('does not fit')
  })
})

describe('a box', () => {
  const plain = new TextEncoder().encode('{"chain":"…"}')
  const box = sealToKey(plain, key.publicKey)

  it('opens for its own key', () => {
    expect(openWithKey(box, key)).toEqual(Buffer.from(plain))
  })

  it('does not open for another key, cut, or with any byte changed', () => {
    expect(openWithKey(box, recoveryKeyOf())).toBeNull()
    expect(openWithKey(box.subarray(0, 60), key)).toBeNull()
    for (let at = 0; at < box.length; at++) {
      const changed = Buffer.from(box)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(openWithKey(changed, key)).toBeNull()
    }
  })
})
