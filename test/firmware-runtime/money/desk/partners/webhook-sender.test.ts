// The webhook of a partner in virtual time: order, repeats and waits, restarts at any place, and what people are told.
import { describe, expect, it } from 'vitest'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { WebhookSender, webhookWaitsMs } from '#money/desk/partners/webhook-sender.ts'
import { present } from '#base/pure/values/must.ts'
import { heardNo } from '#base/pure/lot/partner-heard.ts'
import type { PartnerEvent } from '#money/ports/partner.ts'
import { minute, partner, second, SentScene } from '../../../lane/lot/sent-scene.ts'

interface Posted {
  readonly atMs: number
  readonly events: readonly PartnerEvent[]
  readonly next: number
}

type Answer = (posted: Posted, n: number) => number | 'silent' | null

class HookScene {
  readonly scene = new SentScene('card')
  readonly posts: Posted[] = []
  /** What the partner took, each once, in order. */
  readonly taken: PartnerEvent[] = []
  private late: (() => void)[] = []
  answer: Answer = ({ next }) => next
  sender = this.start()

  start(): WebhookSender {
    const { runtime } = this.scene.lot
    const ports = { orders: runtime.partners.newsOf(partner), invoices: null, spaces: null }
    const feed = partnerFeed(runtime, ports, ['orders', 'members'], () => null)
    return new WebhookSender({
      partnerId: partner,
      feed: present(feed, 'it has rights'),
      mono: this.scene.time.clock,
      lot: runtime,
      webhook: {
        post: (body, done) => {
          const posted = { atMs: this.scene.nowMs, ...(JSON.parse(body) as Omit<Posted, 'atMs'>) }
          this.posts.push(posted)
          const answer = this.answer(posted, this.posts.length)
          if (answer === 'silent') return () => undefined
          this.late.push(() => {
            const lastNo = this.taken.at(-1)?.no ?? 0
            this.taken.push(
              ...posted.events.filter(({ no }) => no > lastNo && no <= (answer ?? posted.next)),
            )
            done(answer, answer === null ? 'answerStatus 500' : '')
          })
          return () => undefined
        },
      },
    })
  }

  /** Answers come a moment later, as they do from a wire. */
  async run(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= second) {
      for (const done of this.late.splice(0)) done()
      this.scene.run(Math.min(left, second))
      // Rows are read outside virtual time.
      for (let n = 0; n < 300; n++) await Promise.resolve()
    }
  }

  restart(): void {
    this.sender.stop()
    this.late = []
    this.scene.restart()
    this.sender = this.start()
  }

  order(): void {
    const { scene } = this
    const car = scene.car()
    scene.orders.open(scene.order(car))
    scene.passes(car)
    scene.run(minute)
  }

  get heard(): readonly number[] {
    return this.scene.rows.flatMap((row) => {
      const heard = row.kind === 'event' ? heardNo(row.body, row.atMs) : null
      return heard === null ? [] : [heard.no]
    })
  }
}

const names = (events: readonly PartnerEvent[]): readonly string[] =>
  events.map(({ event, order }) => `${event} ${order?.orderNo ?? ''}`)
const ofOrder = (n: number): readonly string[] =>
  ['opened', 'charging', 'paid'].map((event) => `${event} order-${n}`)

describe('a webhook', () => {
  it('gets each event once, in order, and one request at a time', async () => {
    const hook = new HookScene()
    hook.order()
    await hook.run(minute)
    hook.order()
    await hook.run(minute)
    expect(names(hook.taken)).toEqual([...ofOrder(1), ...ofOrder(2)])
    expect(hook.posts.flatMap(({ events }) => names(events))).toEqual(names(hook.taken))
    expect(hook.heard.at(-1)).toBe(hook.posts.at(-1)?.next)
  })

  it('hears nothing of what was before it was there', () => {
    const hook = new HookScene()
    hook.sender.stop()
    const { scene } = hook
    expect(hook.heard).toHaveLength(1)
    expect(scene.lot.runtime.lot.sent.heard.get(partner)).toBe(hook.heard[0])
  })

  it.each<[string, Answer]>([
    ['an error', () => null],
    ['a number before the events', () => 0],
    ['a number that was not sent', ({ next }) => next + 1],
  ])('that answers %s gets the same again, later each time', async (_, answer) => {
    const hook = new HookScene()
    hook.answer = (posted, n) => (n > 9 ? posted.next : answer(posted, n))
    hook.order()
    await hook.run(180 * minute)
    const waits = hook.posts.slice(1, 10).map(({ atMs }, i) => atMs - (hook.posts[i]?.atMs ?? 0))
    const wanted = [...webhookWaitsMs, 30 * minute, 30 * minute]
    waits.forEach((ms, i) => {
      expect(ms).toBeGreaterThanOrEqual(wanted[i] ?? 0)
      expect(ms).toBeLessThan((wanted[i] ?? 0) + 10 * second + minute)
    })
    const first = hook.posts[0]?.events[0]
    for (const { events } of hook.posts.slice(0, 10)) expect(events[0]?.no).toBe(first?.no)
    await hook.run(60 * minute)
    expect(names(hook.taken)).toEqual(ofOrder(1))
  })

  it('that took a part gets the rest', async () => {
    const hook = new HookScene()
    hook.order()
    hook.answer = ({ events }) => events[0]?.no ?? null
    await hook.run(5 * minute)
    expect(names(hook.taken)).toEqual(ofOrder(1))
    expect(hook.posts).toHaveLength(3)
  })

  it('that never answers holds up nothing, and a restart asks it again', async () => {
    const hook = new HookScene()
    hook.answer = () => 'silent'
    hook.order()
    hook.order()
    await hook.run(second)
    expect(hook.posts).toHaveLength(1)
    expect(hook.scene.orders.order('order-2').state).toBe('paid')
    hook.answer = ({ next }) => next
    hook.restart()
    await hook.run(minute)
    expect(names(hook.taken)).toEqual([...ofOrder(1), ...ofOrder(2)])
  })

  it.each([0, 1, 2, 3, 4, 5])(
    'goes on after a restart behind its %ith event, none twice',
    async (n) => {
      const hook = new HookScene()
      hook.answer = ({ events }) => events[0]?.no ?? null
      hook.order()
      hook.order()
      await hook.run(n * second)
      hook.restart()
      await hook.run(minute)
      expect(names(hook.taken)).toEqual([...ofOrder(1), ...ofOrder(2)])
      expect(hook.scene.violations()).toEqual([])
    },
  )

  it('does not send what the partner has fetched itself', async () => {
    const hook = new HookScene()
    hook.answer = () => null
    hook.order()
    await hook.run(second)
    const { events, next } = hook.scene.orders.events(0, 100)
    expect(names(events)).toEqual(ofOrder(1))
    hook.scene.orders.events(next, 100)
    hook.answer = (posted) => posted.next
    hook.order()
    await hook.run(5 * minute)
    expect(hook.posts.slice(1).flatMap((one) => names(one.events))).toEqual(ofOrder(2))
    expect(names(hook.taken).filter((name) => name.endsWith('order-2'))).toEqual(ofOrder(2))
  })

  it('is a fault while it takes nothing, and none afterwards', async () => {
    const hook = new HookScene()
    hook.answer = () => null
    hook.order()
    await hook.run(minute)
    const { partners } = hook.scene.lot.runtime
    expect(partners.pushFailures.get(partner)?.why).toBe('answerStatus 500')
    expect(partners.askedMs(partner)).toBe(null)
    hook.answer = ({ next }) => next
    await hook.run(30 * minute)
    expect(partners.pushFailures.size).toBe(0)
    expect(partners.askedMs(partner)).not.toBe(null)
  })
})
