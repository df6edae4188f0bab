// Replays of camera drivers. HTTP data is assigned by its request: the first bytes of an answer are its head, and empty
// bytes mark its end.
import { systemText } from '#base/pure/words/notes.ts'
import { z } from 'zod'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { filled } from '#base/pure/words/gaps.ts'
import type { StreamDialect } from '../pure/camera/stream/dialect.ts'
import { streamDriver, type StreamEffect, type StreamEvent } from '../pure/camera/stream/driver.ts'
import { serialPorts, type TcpMake } from '../pure/camera/tcp-make.ts'
import { headOf, requestBytes } from '../pure/http/exchange.ts'
import type { HttpEvent } from '../pure/http/session.ts'
import { replaying, replayingBy, type Effect, type ReplayDriver } from './replay-driver.ts'
import type { RingEvent } from './frame-ring.ts'

const port = z.enum(serialPorts)
const bytes = z.string().transform((hex) => bytesOfHex(hex) ?? new Uint8Array(0))
const commandShape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('relay'),
    io: z.literal([0, 1, 2, 3]),
    value: z.enum(['off', 'on', 'pulse']),
    delayMs: z.int().min(0).max(600_000),
  }),
  z.strictObject({ type: z.literal('trigger') }),
  z.strictObject({ type: z.literal('serialOpen'), port }),
  z.strictObject({ type: z.literal('serialSend'), port, bytes }),
  z.strictObject({ type: z.literal('message'), message: z.record(z.string(), z.json()) }),
])

export function tcpReplay({ driver }: TcpMake): ReplayDriver {
  const { initial, step } = driver('')
  return replaying<unknown, z.infer<typeof commandShape>>(
    initial(),
    step,
    (value) => commandShape.safeParse(value).data ?? null,
  )
}

const startShape = z.strictObject({ type: z.enum(['start', 'credentialsChanged']) })

/** The events of a link for an HTTP driver. */
class Exchanges {
  private readonly answered = new Set<string>()

  heard(event: RingEvent): StreamEvent | null {
    const at = { atMs: Math.floor(event.monoUs / 1000), wallMs: event.atMs }
    switch (event.kind) {
      case 'in': {
        const given = this.answer(event.exchange ?? '', filled(event))
        return given === null ? null : { ...at, ...given }
      }
      case 'linkDown':
        return { ...at, type: 'lost', id: event.exchange ?? '', reason: systemText(event.reason) }
      case 'timer':
        return { ...at, type: 'timer', name: event.name }
      case 'command': {
        const start = startShape.safeParse(event.command).data
        return start === undefined ? null : { ...at, ...start }
      }
      case 'linkUp':
      case 'out':
        return null
    }
  }

  private answer(id: string, given: Uint8Array): HttpEvent | null {
    if (given.length === 0) return { type: 'end', id }
    if (this.answered.has(id)) return { type: 'body', id, bytes: given }
    this.answered.add(id)
    const head = headOf(given)
    return head === null ? null : { type: 'head', id, ...head }
  }
}

/** A request given up is marked by empty bytes, like the end of an answer. */
function sentBy(effect: StreamEffect): Effect {
  if (effect.do === 'request')
    return { do: 'send', bytes: requestBytes(effect.request, effect.auth !== null) }
  return effect.do === 'abort' ? { do: 'send', bytes: new Uint8Array(0) } : effect
}

export function streamReplay<D>(dialect: StreamDialect<D>): ReplayDriver {
  const { initial, step } = streamDriver(dialect)
  const exchanges = new Exchanges()
  return replayingBy(
    initial(),
    (state, event: StreamEvent) => {
      const turn = step(state, event)
      return { state: turn.state, effects: turn.effects.map(sentBy) }
    },
    (event) => exchanges.heard(event),
  )
}
