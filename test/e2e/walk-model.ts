// Counts what a person does in the real window and models how long it takes, without a stopwatch.
// The keystroke-level model: Card, Moran and Newell, Communications of the ACM 23(7), 1980, 396-410.
import type { Locator, Page } from 'playwright-core'

interface Modelled {
  readonly ms: number
  /** What it is and where the number comes from; a row of docs/usability.md. */
  readonly why: string
}

export const operators = {
  key: {
    ms: 500,
    why: 'K, a key: the 0.50 s of random letters, because keys are hunted for in gloves',
  },
  point: { ms: 1_100, why: 'P, pointing at a thing on the screen: 1.10 s' },
  button: { ms: 200, why: 'B twice, pressing and releasing the button of the mouse: 0.10 s each' },
  home: { ms: 400, why: 'H, a hand from the keys to the mouse, or back: 0.40 s' },
  think: { ms: 1_350, why: 'M, making up the mind, once a step: 1.35 s' },
} as const satisfies Record<string, Modelled>

/** Waits are counted as the product bounds them, never as they were on one machine. */
export const waits = {
  start: { ms: 2_000, why: 'a runtime of Studio is there: an allowance' },
  plugSeen: { ms: 500, why: 'half of the second between two looks at the list of ports' },
  search: {
    ms: 3_300,
    why: '0.3 s of listening, three questions of 0.5 s, 1.5 s for the last answer (probe plan)',
  },
  connect: { ms: 1_200, why: 'C0 and its answer within a second, half of 0.4 s between two looks' },
  judge: { ms: 150, why: 'a judgement begins that long after the last key' },
  write: { ms: 1_000, why: 'C0 with the new power and its answer' },
  drive: {
    ms: 11_300,
    why: 'a car at 5 km/h from 15 m away, half of the second between two looks',
  },
} as const satisfies Record<string, Modelled>
export type Wait = keyof typeof waits

export interface WalkStep {
  /** What the person does, in words. */
  readonly does: string
  readonly clicks: number
  readonly keys: number
  readonly modelMs: number
}
export type WalkSum = Omit<WalkStep, 'does'>
/** The kept walks, by who walks them. */
export type Walks = Readonly<Record<'mouse' | 'keys', readonly WalkStep[]>>

/** A pair of hands at the window; nothing else may touch it during a walk. */
export class Hands {
  private readonly page: Page
  private readonly done: WalkStep[] = []
  private at: 'keys' | 'mouse'

  constructor(page: Page, at: 'keys' | 'mouse') {
    this.page = page
    this.at = at
  }

  get steps(): readonly WalkStep[] {
    return this.done
  }

  begin(does: string): void {
    this.done.push({ does, clicks: 0, keys: 0, modelMs: operators.think.ms })
  }

  async click(target: Locator): Promise<void> {
    await target.click()
    this.add({ clicks: 1, keys: 0, modelMs: operators.point.ms + operators.button.ms }, 'mouse')
  }

  /** One key, or several that are held together (`Control+z` is two). */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys)
    this.hit(keys.split('+').length)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
    this.hit(text.length)
  }

  waits(name: Wait): void {
    this.add({ clicks: 0, keys: 0, modelMs: waits[name].ms }, this.at)
  }

  private hit(keys: number): void {
    this.add({ clicks: 0, keys, modelMs: keys * operators.key.ms }, 'keys')
  }

  private add(more: WalkSum, at: 'keys' | 'mouse'): void {
    const last = this.done.pop()
    if (last === undefined) throw new Error('a walk begins with a step')
    const home = at === this.at ? 0 : operators.home.ms
    this.at = at
    this.done.push({
      does: last.does,
      clicks: last.clicks + more.clicks,
      keys: last.keys + more.keys,
      modelMs: last.modelMs + more.modelMs + home,
    })
  }
}

export const sumOf = (steps: readonly WalkStep[]): WalkSum => ({
  clicks: steps.reduce((sum, { clicks }) => sum + clicks, 0),
  keys: steps.reduce((sum, { keys }) => sum + keys, 0),
  modelMs: steps.reduce((sum, { modelMs }) => sum + modelMs, 0),
})

/** What became more than it was, in words; empty when nothing did. */
export function grown(steps: readonly WalkStep[], kept: readonly WalkStep[]): string[] {
  const [found, was] = [sumOf(steps), sumOf(kept)]
  return (['clicks', 'keys', 'modelMs'] as const)
    .filter((what) => found[what] > was[what])
    .map((what) => `${what}: ${found[what]}, was ${was[what]}`)
}
