// Turns and callbacks: what breaks a turn, who gets the error, and that a library that calls back never sees it.
// What a process does then is asked by test/firmware-runtime/runtime/process/thrown.test.ts.
import { afterEach, describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import {
  asTurn,
  endsWithBrokenTurn,
  isTurnBroken,
  wholeTurn,
} from '#base/pure/faults/whole-turn.ts'

const bug = (): Error => new TypeError('planted')
const fault = (): Error => new LaneFault('DATA-02', {})
const thrown = (error: unknown) => (): never => {
  throw error
}

const ends: unknown[] = []
let release = (): void => undefined
const net = (): void => void (release = endsWithBrokenTurn((error) => ends.push(error)))
afterEach(() => {
  release()
  ends.length = 0
})

it('a net that ends before one that began later leaves nothing behind', () => {
  const [first, second] = [
    endsWithBrokenTurn(() => ends.push(1)),
    endsWithBrokenTurn(() => ends.push(2)),
  ]
  first()
  second()
  expect(() => wholeTurn(thrown(bug()))).toThrow('planted')
  expect(ends).toEqual([])
})

/** Errors of promises that nobody owned, while `work` runs. */
async function unowned(work: () => unknown): Promise<readonly unknown[]> {
  const found: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const take = (error: unknown): void => void found.push(error)
  process.on('unhandledRejection', take)
  try {
    work()
    await new Promise((done) => setImmediate(done))
    return found
  } finally {
    process.off('unhandledRejection', take)
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}

describe('a turn', () => {
  it.each<[string, () => unknown, boolean]>([
    ['a bug', bug, true],
    ['an error of the system', () => Object.assign(new Error('EIO'), { code: 'EIO' }), true],
    ['a fault of the world', fault, false],
    ['a text', () => 'planted', false],
    ['nothing', () => undefined, false],
  ])('that throws %s', (_what, make, isBroken) => {
    net()
    const error = make()
    let caught: unknown = 'none'
    try {
      wholeTurn(thrown(error))
    } catch (found) {
      caught = found
    }
    expect([caught, isTurnBroken(error)]).toEqual([error, isBroken])
    expect(ends).toEqual(isBroken ? [error] : [])
  })

  it('within a turn ends the process once, whoever catches the error between them', () => {
    net()
    const error = bug()
    const swallowed = (): void => {
      try {
        wholeTurn(thrown(error))
      } catch {
        // A library does this.
      }
    }
    expect(wholeTurn(() => swallowed())).toBeUndefined()
    expect(() => wholeTurn(() => wholeTurn(thrown(error)))).toThrow(error)
    expect(ends).toEqual([error])
  })

  it('that answers is not touched', () => {
    net()
    expect(wholeTurn(() => 7)).toBe(7)
    expect(ends).toEqual([])
  })

  it('after the release goes to its caller alone', () => {
    net()
    release()
    expect(() => wholeTurn(thrown(bug()))).toThrow('planted')
    expect(ends).toEqual([])
  })
})

describe('a callback', () => {
  it('is given all and answers', () => {
    const sum = asTurn((a: number, b: number) => a + b)
    expect(sum(1, 2)).toBe(3)
  })

  it.each<[string, () => unknown, boolean]>([
    ['a bug', bug, true],
    ['a fault of the world', fault, false],
    ['a text', () => 'planted', false],
  ])('that throws %s throws nothing into the library', async (_what, make, isBroken) => {
    net()
    const error = make()
    const callback = asTurn(thrown(error))
    expect(await unowned(() => expect(callback()).toBeUndefined())).toEqual([error])
    expect(ends).toEqual(isBroken ? [error] : [])
  })
})
