// Free spaces for everybody, beside the signed operations: a page and the same numbers as JSON, both without signature. What
// is sent is made at most once a second however many ask, so that readers cannot load the lanes.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { SharedSpaces } from '../ports/partner.ts'
import {
  freeSpacesPage,
  pageLanguage,
  pageSecurity,
  type PageLanguage,
} from './free-spaces-page.ts'

export interface WebSpaces {
  readonly name: BilingualText
  now(): SharedSpaces
}

const keptUs = 1_000_000
const cached = { 'Cache-Control': 'public, max-age=5' } as const

type Form = 'json' | PageLanguage

function jsonOf({ name, now }: { name: BilingualText; now: SharedSpaces }): string {
  const { eventsAfter: _, ...numbers } = now
  return JSON.stringify({ name, ...numbers })
}

/** What is sent, by form; made anew when a second has passed. */
function textsOf({ name, now }: WebSpaces, mono: MonoClock): (form: Form) => string {
  let made: { readonly atUs: number; readonly spaces: SharedSpaces } | null = null
  const texts = new Map<Form, string>()
  return (form) => {
    const atUs = mono.nowUs()
    if (made === null || atUs - made.atUs >= keptUs) {
      made = { atUs, spaces: now() }
      texts.clear()
    }
    const { spaces } = made
    const text =
      texts.get(form) ??
      (form === 'json' ? jsonOf({ name, now: spaces }) : freeSpacesPage(name, spaces, form))
    texts.set(form, text)
    return text
  }
}

/** `failed` reports an unexpected error. */
export function serveFreeSpaces(
  app: FastifyInstance,
  web: WebSpaces,
  { mono, failed }: { readonly mono: MonoClock; failed(error: unknown): void },
): void {
  const textOf = textsOf(web, mono)
  const send = (reply: FastifyReply, form: Form, headers: Readonly<Record<string, string>>) => {
    try {
      return reply.headers({ ...cached, ...headers }).send(textOf(form))
    } catch (error) {
      failed(error)
      return reply.code(503).header('Cache-Control', 'no-store').send('')
    }
  }
  app.get('/free-spaces', (request, reply) =>
    send(reply, pageLanguage(request.headers['accept-language']), {
      ...pageSecurity,
      'Content-Type': 'text/html; charset=utf-8',
      Vary: 'Accept-Language',
    }),
  )
  app.get('/free-spaces.json', (_, reply) =>
    send(reply, 'json', {
      'Content-Type': 'application/json; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
    }),
  )
}
