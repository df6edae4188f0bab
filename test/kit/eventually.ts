// The one wait of all tests: looks again until the result is as wanted. It counts looks and reads no clock, so that a
// busy machine stretches it; the rule in test/tidy/waits.test.ts refuses every other wait.
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'

/** About five minutes on an idle machine. */
export const looksMax = 6_000
export const everyMs = 50
/** For calls with a limit of their own, such as a locator of the window or a command; ten minutes. */
export const patienceMs = 600_000

/** A wait that timed out. test/ci-reporter.ts counts such a failure as late, and any other as wrong. */
export class LateError extends Error {
  override readonly name = 'LateError'
}

/** The process that a wait depends on; the wait ends when it has died, since the result can no longer come. */
export interface UnderTest {
  /** How it ended, for example `code 1`; null while it runs. */
  died(): string | null
  /** Its last output. */
  said(): string
}

export interface Wait {
  /** What is awaited, in words; default: the source text of the look. */
  readonly what?: string
  readonly of?: UnderTest
}

type Look<T> = () => T | Promise<T>
type Seen<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string }

const lengthMax = 2_000
const textOf = (value: unknown): string =>
  (value instanceof Error
    ? value.message
    : typeof value === 'string'
      ? value
      : (JSON.stringify(value) ?? String(value))
  ).slice(0, lengthMax)

/** Looks again until `seen` reports the wanted result; throws a LateError after `looksMax` looks. */
async function wait<T>(seen: () => Promise<Seen<T>>, what: string, of?: UnderTest): Promise<T> {
  const test = (): string => expect.getState().currentTestName ?? 'outside a test'
  const said = (): string =>
    of === undefined ? '' : `\nlast output: ${of.said().slice(-lengthMax)}`
  let last = 'nothing'
  for (let look = 0; look < looksMax; look++) {
    if (look > 0) await pause(everyMs)
    // Read before the look, so that the last output of a process that has ended is still looked at once.
    const died = of?.died() ?? null
    const now = await seen()
    if (now.ok) return now.value
    last = now.why
    if (died !== null)
      throw new Error(
        `${test()}: the process ended (${died}) before: ${what}\nlast: ${last}${said()}`,
      )
  }
  throw new LateError(`${test()}: did not come: ${what}\nlast: ${last}${said()}`)
}

type Matchers = ReturnType<typeof expect<unknown>>
/** The matchers of `expect`; each returns a promise of the value that satisfied it. */
type Matched<T> = {
  readonly [
    K in keyof Matchers as Matchers[K] extends (...args: never[]) => unknown ? K : never
  ]: Matchers[K] extends (...args: infer A) => unknown ? (...args: A) => Promise<T> : never
}
export type Eventually<T> = Matched<T> & {
  readonly not: Matched<T>
  /** Waits until the look throws nothing, for a look with expectations of its own. */
  holds(): Promise<T>
}

function matchersOf<T>(look: Look<T>, { what = look.toString(), of }: Wait, isNot: boolean) {
  const until = (name: string, judge: (value: T) => unknown): Promise<T> =>
    wait(
      async () => {
        try {
          const value = await look()
          await judge(value)
          return { ok: true, value }
        } catch (error) {
          return { ok: false, why: textOf(error) }
        }
      },
      `${what} ${name}`,
      of,
    )
  return new Proxy(
    {},
    {
      get: (_, key): unknown => {
        if (typeof key === 'symbol' || key === 'then') return undefined
        if (key === 'not')
          return matchersOf(look, { what, ...(of === undefined ? {} : { of }) }, true)
        if (key === 'holds') return () => until('holds', () => undefined)
        return (...args: unknown[]) =>
          until(`${isNot ? 'not ' : ''}${key}`, (value) => {
            const asserted = isNot ? expect(value).not : expect(value)
            const matcher: unknown = Reflect.get(asserted, key)
            if (typeof matcher !== 'function') throw new TypeError(`no matcher is called ${key}`)
            return Reflect.apply(matcher, asserted, args)
          })
      },
    },
  )
}

/**
 * `eventually(look).toBe(1)` waits until the matcher holds, `eventually(look).holds()` until the look throws nothing,
 * and `eventually(look, fits)` until `fits` returns true; each returns the value seen. Throws a LateError with the
 * test, the awaited thing, the last value and the last output.
 */
export function eventually<T>(look: Look<T>, wait?: Wait): Eventually<T>
export function eventually<T, U extends T>(
  look: Look<T>,
  fits: (value: T) => value is U,
  wait?: Wait,
): Promise<U>
export function eventually<T>(look: Look<T>, fits: (value: T) => boolean, wait?: Wait): Promise<T>
export function eventually<T>(
  look: Look<T>,
  fits?: ((value: T) => boolean) | Wait,
  more: Wait = {},
): unknown {
  if (typeof fits !== 'function') return matchersOf(look, fits ?? {}, false)
  const { what = `${look.toString()} fits ${fits.toString()}`, of } = more
  const seen = async (): Promise<Seen<T>> => {
    const value = await look()
    return fits(value) ? { ok: true, value } : { ok: false, why: textOf(value) }
  }
  return wait(seen, what, of)
}
