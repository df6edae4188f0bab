// Replaces the test library in a mutation run: it records the tests of a file instead of running them.
// The same tests then run repeatedly in one process, each time with another mutant.
import { format } from 'node:util'

export { expect, vi } from 'vitest'

type Body = (...args: never[]) => unknown
type Hook = () => unknown

interface Suite {
  readonly parent: Suite | null
  readonly hooks: Record<'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll', Hook[]>
}

export interface KeptTest {
  readonly id: string
  readonly suite: Suite
  readonly body: Hook
}

const newSuite = (parent: Suite | null): Suite => ({
  parent,
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
})

export const keptTests: KeptTest[] = []
let open = newSuite(null)

/** What is imported next belongs to a new file. */
export function beginFile(): void {
  open = newSuite(null)
}

/** Options may follow the name and a time limit may come last; neither matters here. */
const bodyOf = (rest: readonly unknown[]): Body =>
  rest.find((one): one is Body => typeof one === 'function') ?? (() => undefined)

function keep(name: string, body: Hook): void {
  keptTests.push({ id: `${keptTests.length} ${name}`, suite: open, body })
}

function inSuite(body: Hook): void {
  open = newSuite(open)
  body()
  open = open.parent ?? open
}

type Declare = (name: string, ...rest: unknown[]) => void

function declarer(take: (name: string, body: Hook) => void) {
  const declare: Declare = (name, ...rest) => take(name, bodyOf(rest) as Hook)
  const each =
    (rows: readonly unknown[]): Declare =>
    (name, ...rest) => {
      for (const row of rows) {
        const args = (Array.isArray(row) ? row : [row]) as never[]
        take(format(name, ...args), () => bodyOf(rest)(...args))
      }
    }
  const nothing: Declare = () => undefined
  const skipIf = (isSkipped: boolean): Declare => (isSkipped ? nothing : declare)
  return Object.assign(declare, { each, skipIf, runIf: (is: boolean) => skipIf(!is) })
}

export const it = declarer(keep)
export const test = it
export const describe = declarer((_name, body) => inSuite(body))
export const beforeAll = (hook: Hook): void => void open.hooks.beforeAll.push(hook)
export const beforeEach = (hook: Hook): void => void open.hooks.beforeEach.push(hook)
export const afterEach = (hook: Hook): void => void open.hooks.afterEach.unshift(hook)
export const afterAll = (hook: Hook): void => void open.hooks.afterAll.unshift(hook)

/** What a running test asked for when it ends. */
const atEnd: Hook[] = []
export const onTestFinished = (hook: Hook): void => void atEnd.unshift(hook)

const endsWithinMs = 20_000

async function limited(run: () => unknown): Promise<void> {
  const running = run()
  if (!(running instanceof Promise)) return
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('the test does not end')), endsWithinMs)
  try {
    await Promise.race([running, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Runs one test with every hook around it, as if it were alone in its file. Throws what the test throws. */
export async function runTest(one: KeptTest): Promise<void> {
  const chain: Suite[] = []
  for (let at: Suite | null = one.suite; at !== null; at = at.parent) chain.unshift(at)
  const inner = chain.toReversed()
  try {
    for (const suite of chain) for (const hook of suite.hooks.beforeAll) await limited(hook)
    for (const suite of chain) for (const hook of suite.hooks.beforeEach) await limited(hook)
    await limited(one.body)
  } finally {
    for (const suite of inner) for (const hook of suite.hooks.afterEach) await limited(hook)
    for (const hook of atEnd.splice(0)) await limited(hook)
    for (const suite of inner) for (const hook of suite.hooks.afterAll) await limited(hook)
  }
}
