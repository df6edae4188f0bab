// A file that another program holds for a moment: tried again within two seconds on Windows, in virtual time, and at
// once refused for every other reason and on every other system.
import { describe, expect, it } from 'vitest'
import { heldWaitsMs, whileHeld, whileHeldAsync } from '#base/files/held-path.ts'

const errorOf = (code: string): Error => Object.assign(new Error(code), { code })

/** A file held until `heldMs` of virtual time. */
function scanner(heldMs: number, code: string, isNeeded = true) {
  let [nowMs, tries] = [0, 0]
  const wait = (ms: number): void => void (nowMs += ms)
  const work = (): string => {
    tries++
    if (nowMs < heldMs) throw errorOf(code)
    return 'renamed'
  }
  return {
    work,
    blocking: { isNeeded, wait },
    sleeping: { isNeeded, wait: (ms: number) => Promise.resolve(wait(ms)) },
    now: () => nowMs,
    tries: () => tries,
  }
}

const boundMs = heldWaitsMs.reduce((sum, ms) => sum + ms, 0)

it('waits longer than a scanner holds a file, and not longer than two seconds', () => {
  expect(boundMs).toBeGreaterThan(1_500)
  expect(boundMs).toBeLessThanOrEqual(2_000)
})

describe.each(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'])('held, said as %s', (code) => {
  it.each([0, 5, 300, 1_000, boundMs])('for %i ms: done, soon after', async (heldMs) => {
    const [one, other] = [scanner(heldMs, code), scanner(heldMs, code)]
    expect(whileHeld(one.work, one.blocking)).toBe('renamed')
    expect(await whileHeldAsync(() => Promise.resolve().then(other.work), other.sleeping)).toBe(
      'renamed',
    )
    // Never much longer than it was held.
    for (const { now } of [one, other]) expect(now()).toBeLessThanOrEqual(2 * heldMs + 10)
  })

  it.each([boundMs + 1, 10_000])('for %i ms: refused with what Windows said', async (heldMs) => {
    const [one, other] = [scanner(heldMs, code), scanner(heldMs, code)]
    expect(() => whileHeld(one.work, one.blocking)).toThrow(code)
    await expect(
      whileHeldAsync(() => Promise.resolve().then(other.work), other.sleeping),
    ).rejects.toThrow(code)
    for (const { now, tries } of [one, other])
      expect([now(), tries()]).toEqual([boundMs, heldWaitsMs.length + 1])
  })
})

it.each([
  ['a full disk', 'ENOSPC', true],
  ['a file that is gone', 'ENOENT', true],
  ['a broken disk', 'EIO', true],
  ['rights on Linux', 'EACCES', false],
  ['a mount point on Linux', 'EBUSY', false],
])('does not wait for %s', (_what, code, isNeeded) => {
  const file = scanner(10_000, code, isNeeded)
  expect(() => whileHeld(file.work, file.blocking)).toThrow(code)
  expect([file.now(), file.tries()]).toEqual([0, 1])
})
