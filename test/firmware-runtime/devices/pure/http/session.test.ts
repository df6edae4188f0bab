// When a request is repeated after a 401: once for an expired nonce, never for a wrong password.
// Each scene is a row of answers and of the requests they cause.
import { describe, expect, it } from 'vitest'
import type { HttpEffect, HttpSession } from '#devices/pure/http/session.ts'
import {
  ask,
  broken,
  closed,
  freshSession,
  giveUp,
  judgeHead,
  lostRequest,
} from '#devices/pure/http/session.ts'

const request = { method: 'GET', path: '/a' } as const
const challenge = (nonce: string, more = ''): Record<string, string> => ({
  'www-authenticate': `Digest realm="r", qop="auth", nonce="${nonce}"${more}`,
})

class Scene {
  session: HttpSession = freshSession
  sent: string[] = []
  private id = ''

  private note(effects: readonly HttpEffect[]): void {
    for (const effect of effects) {
      if (effect.do === 'abort') this.sent.push(`abort ${effect.id}`)
      else {
        const { auth } = effect
        const proof = auth === null ? 'bare' : `${auth.challenge.nonce}/${auth.nonceCount}`
        this.sent.push(`${effect.id} ${proof}`)
      }
    }
  }

  ask(): this {
    const step = ask(this.session, request)
    this.session = step.session
    this.id = step.id
    this.note(step.effects)
    return this
  }

  lost(): this {
    const step = lostRequest(this.session, this.id, 'other side closed')
    this.session = step?.session ?? this.session
    this.id = step?.id ?? this.id
    this.note(step?.effects ?? [])
    return this
  }

  head(status: number, headers: Record<string, string> = {}): string {
    const step = judgeHead(this.session, this.id, status, headers)
    this.session = step.session
    this.note(step.effects)
    if (step.verdict.kind === 'again') this.id = step.verdict.id
    if (step.verdict.kind === 'answer') this.session = closed(this.session, this.id)
    return step.verdict.kind
  }
}

/** A session in which nonce `n1` was accepted. */
function proven(): Scene {
  const scene = new Scene().ask()
  expect([scene.head(401, challenge('n1')), scene.head(200)]).toEqual(['again', 'answer'])
  scene.sent = []
  return scene
}

describe('a session', () => {
  it('proves itself when asked, and counts on with the same nonce', () => {
    const scene = new Scene().ask()
    expect(scene.head(401, challenge('n1'))).toBe('again')
    expect(scene.head(200)).toBe('answer')
    expect(scene.ask().head(200)).toBe('answer')
    expect(scene.sent).toEqual(['1 bare', 'abort 1', '2 n1/1', '3 n1/2'])
  })
  it('reports a wrong password after one proof', () => {
    const scene = new Scene().ask()
    expect(scene.head(401, challenge('n1'))).toBe('again')
    expect(scene.head(401, challenge('n2'))).toBe('refused')
    expect(scene.sent).toEqual(['1 bare', 'abort 1', '2 n1/1', 'abort 2'])
    expect(scene.session.open).toEqual([])
  })
  it('takes a fresh nonce after an idle time exactly once', () => {
    const scene = proven().ask()
    expect(scene.head(401, challenge('n2'))).toBe('again')
    expect(scene.head(200)).toBe('answer')
    expect(scene.sent).toEqual(['3 n1/2', 'abort 3', '4 n2/1'])
  })
  it('does not loop when every nonce has run out', () => {
    const scene = proven().ask()
    expect(scene.head(401, challenge('n2', ', stale=true'))).toBe('again')
    expect(scene.head(401, challenge('n3', ', stale=true'))).toBe('refused')
    expect(scene.sent).toEqual(['3 n1/2', 'abort 3', '4 n2/1', 'abort 4'])
  })
  it('believes `stale` of a new nonce once', () => {
    const scene = new Scene().ask()
    expect(scene.head(401, challenge('n1'))).toBe('again')
    expect(scene.head(401, challenge('n2', ', stale=true'))).toBe('again')
    expect(scene.head(401, challenge('n3', ', stale=true'))).toBe('refused')
    expect(scene.sent.filter((line) => line.includes('/'))).toEqual(['2 n1/1', '3 n2/1'])
  })
  it('begins anew after a refusal', () => {
    const scene = proven().ask()
    scene.head(401, challenge('n2'))
    scene.head(401, challenge('n3'))
    scene.sent = []
    scene.ask()
    expect(scene.sent).toEqual(['5 bare'])
  })
  it.each([[{}], [{ 'www-authenticate': 'Basic realm="r"' }]])(
    'never shows the password where %j is asked for',
    (headers) => {
      const scene = new Scene().ask()
      expect(scene.head(401, headers)).toBe('noDigest')
      expect(scene.sent).toEqual(['1 bare', 'abort 1'])
    },
  )
  it('takes any other status for the answer', () => {
    for (const status of [200, 204, 301, 403, 404, 503])
      expect(new Scene().ask().head(status)).toBe('answer')
  })
  it('knows nothing of a request that was given up', () => {
    const { session, id } = ask(freshSession, request)
    const ended = giveUp(session, id)
    expect(ended.effects).toEqual([{ do: 'abort', id }])
    expect(judgeHead(ended.session, id, 200, {}).verdict.kind).toBe('stranger')
    expect(giveUp(ended.session, id).effects).toEqual([])
  })
})

describe('a device that takes a nonce once', () => {
  it('answers its second use with 403: a request without proof, a new challenge, and so from then on', () => {
    const scene = proven().ask()
    expect([scene.head(403), scene.head(401, challenge('n2')), scene.head(200)]).toEqual([
      'again',
      'again',
      'answer',
    ])
    expect(scene.sent).toEqual(['3 n1/2', 'abort 3', '4 bare', 'abort 4', '5 n2/1'])
    scene.ask()
    expect([scene.head(401, challenge('n3')), scene.head(200)]).toEqual(['again', 'answer'])
    expect(scene.sent.slice(5)).toEqual(['6 bare', 'abort 6', '7 n3/1'])
  })
  it('and refuses the new proof too lacks a right: one answer, no loop', () => {
    const scene = proven().ask()
    const kinds = [scene.head(403), scene.head(401, challenge('n2')), scene.head(403)]
    expect([kinds, scene.session.isOnce]).toEqual([['again', 'again', 'answer'], false])
  })
  it('and asks for a proof that it refuses has another password', () => {
    const scene = proven().ask()
    const kinds = [
      scene.head(403),
      scene.head(401, challenge('n2')),
      scene.head(401, challenge('n3')),
    ]
    expect(kinds).toEqual(['again', 'again', 'refused'])
  })
  it('of a first request 403 is the answer', () => {
    const scene = new Scene().ask()
    expect([scene.head(401, challenge('n1')), scene.head(403)]).toEqual(['again', 'answer'])
  })
  it('closes the connection: a query is repeated once, a command is not', () => {
    const scene = proven().ask()
    const again = lostRequest(scene.session, '3', 'other side closed')
    expect(again?.effects).toMatchObject([{ do: 'abort' }, { do: 'request', auth: null }])
    expect(lostRequest(again?.session ?? freshSession, again?.id ?? '', 'other side closed')).toBe(
      null,
    )
    const after = broken(scene.session, '3', 'read ECONNRESET')
    expect(after).toMatchObject({ open: [], nonce: null, isOnce: false })
    expect(ask(after, request).effects).toMatchObject([{ do: 'request', auth: null }])
  })
  const losses = {
    'a command': (scene: Scene) => {
      scene.session = broken(scene.session, '3', 'other side closed')
      return scene.ask()
    },
    'a query': (scene: Scene) => scene.lost(),
  }
  it.each(Object.entries(losses))('is known by the repeat that it answers: %s', (_what, lose) => {
    const scene = lose(proven().ask())
    expect([scene.head(401, challenge('n2')), scene.head(200)]).toEqual(['again', 'answer'])
    expect(scene.session.isOnce).toBe(true)
  })
  it.each(Object.entries(losses))('is not one that lost its power: %s', (_what, lose) => {
    const scene = lose(proven().ask())
    // The repeat finds no camera either.
    scene.session = broken(scene.session, '4', 'connect ECONNREFUSED')
    scene.ask()
    expect([scene.head(401, challenge('n2')), scene.head(200)]).toEqual(['again', 'answer'])
    scene.ask()
    expect(scene.session.isOnce).toBe(false)
    expect(scene.sent.at(-1)).toContain('n2/2')
  })
  it('a connection that broke without a nonce of before proves nothing', () => {
    const scene = new Scene().ask()
    expect(lostRequest(scene.session, '1', 'other side closed')).toBe(null)
    expect(broken(scene.session, '1', 'other side closed')).toMatchObject({ isOnce: false })
  })
  it.each([
    'connection refused',
    'connect ECONNREFUSED 192.0.2.64:80',
    'Connect Timeout Error',
    'Headers Timeout Error',
    'connect EHOSTUNREACH 192.0.2.64:80',
  ])('a connection that was never made says nothing of a nonce: %s', (reason) => {
    const scene = proven().ask()
    expect(lostRequest(scene.session, '3', reason)).toBe(null)
    expect(broken(scene.session, '3', reason)).toMatchObject({ isOnce: false })
  })
})
