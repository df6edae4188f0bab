// Inspects the calling thread through the engine's inspector: what has run in it, what it references.
// Such a session answers before the call returns.
import { Session } from 'node:inspector'

export interface OwnSession {
  ask<T>(method: string, params?: object): T
  close(): void
}

export function openSession(): OwnSession {
  const session = new Session()
  session.connect()
  return {
    ask<T>(method: string, params: object = {}): T {
      let answer: unknown
      session.post(method, params, (error, result) => {
        if (error !== null) throw new Error(`${method}: ${error.message}`)
        answer = result
      })
      return answer as T
    },
    close: () => session.disconnect(),
  }
}
