// Counts what a person does in the real window and models the time it takes, without a stopwatch.
// The keystroke-level model: Card, Moran and Newell, Communications of the ACM 23(7), 1980, 396-410.
import type { Locator, Page } from 'playwright-core'

interface Modelled {
  readonly ms: number
  /** The operator and the source of its time; a row of docs/usability.md. */
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

/** Waits count with the product's limits, not as they were on one machine. */
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
  meter: { ms: 1_000, why: 'an instrument says who it is and is set: an allowance' },
  move: { ms: 600, why: 'the probe on its mast 0.25 m on, at 0.4 m/s: an allowance' },
  burst: {
    ms: 2_400,
    why: 'five levels of 0.4 s peak hold, after the one that was under way when the key fell',
  },
  record: { ms: 100, why: 'a record is on the disk and the page shows it: an allowance' },
  photo: { ms: 10_000, why: 'a photo is taken and chosen: an allowance' },
  lanes: {
    ms: 5_000,
    why: 'the files are written and the lanes of the lot have begun: an allowance',
  },
  report: { ms: 3_000, why: 'the report is made: an allowance' },
} as const satisfies Record<string, Modelled>
export type Wait = keyof typeof waits

export interface WalkStep {
  /** What the person does, in words. */
  readonly does: string
  readonly clicks: number
  readonly keys: number
  readonly modelMs: number
  /** Of a walk that counts them: fields answered, choices made, buttons pressed. */
  readonly acts?: number
}
export type WalkSum = Omit<WalkStep, 'does'>
/** The recorded walks: a power change by mouse and by keys, a survey from start to report, a lot to its first car. */
export type WalkId = 'mouse' | 'keys' | 'survey' | 'setup'
/** A job of jobs.test.ts: its acts, and the most that are allowed. */
export interface CountedJob {
  readonly does: string
  readonly acts: number
  readonly limit: number
}
export type Walks = Readonly<Record<WalkId, readonly WalkStep[]>> & {
  readonly jobs: readonly CountedJob[]
}

/** The person's hands; nothing else may operate the window during a walk. */
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

  /** One key, or several held together (`Control+z` is two). */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys)
    this.hit(keys.split('+').length)
  }

  /** `counted`: the text a person would type in place of the test's addresses and folders. */
  async type(text: string, counted = text): Promise<void> {
    await this.page.keyboard.type(text)
    this.hit(counted.length)
  }

  /** Counts one answer, choice or press with its mental operator; its keys are counted separately. */
  act(): void {
    const last = this.done.pop()
    if (last === undefined) throw new Error('a walk begins with a step')
    const modelMs = last.modelMs + operators.think.ms
    this.done.push({ ...last, modelMs, acts: (last.acts ?? 0) + 1 })
  }

  waits(name: Wait): void {
    this.add({ clicks: 0, keys: 0, modelMs: waits[name].ms }, this.at)
  }

  /** A pen stroke: pressed, drawn through these points of the target, released. */
  async draw(target: Locator, places: readonly (readonly [number, number])[]): Promise<void> {
    const { mouse } = this.page
    const sizes = await target.boundingBox()
    const [x, y] = places[0] ?? [0, 0]
    if (sizes === null) throw new Error('nothing to draw on')
    // Waits until the target stands still and uncovered, because a moving page would miss the stroke.
    await target.hover({ position: { x: x * sizes.width, y: y * sizes.height } })
    await mouse.down()
    const box = (await target.boundingBox()) ?? sizes
    for (const [x, y] of places.slice(1))
      await mouse.move(box.x + x * box.width, box.y + y * box.height)
    await mouse.up()
    const modelMs = places.length * operators.point.ms + operators.button.ms
    this.add({ clicks: 1, keys: 0, modelMs }, 'mouse')
  }

  /** Counts a walk `times` more, for acts that cost the same. */
  again(one: WalkSum, times: number): void {
    const { clicks, keys, modelMs } = one
    const more = { clicks: clicks * times, keys: keys * times, modelMs: modelMs * times }
    this.add(more, this.at)
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
      ...last,
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

/** What has grown by more than `tabs` keys, in words; empty when nothing has. */
export function grown(
  steps: readonly WalkStep[],
  kept: readonly WalkStep[],
  tabs: number,
): string[] {
  const [found, was] = [sumOf(steps), sumOf(kept)]
  const slack = { clicks: 0, keys: tabs, modelMs: tabs * operators.key.ms }
  return (['clicks', 'keys', 'modelMs'] as const)
    .filter((what) => found[what] > was[what] + slack[what])
    .map((what) => `${what}: ${found[what]}, was ${was[what]}`)
}
