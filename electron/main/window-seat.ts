// The session of the window. Its token stays in this process: the page learns who is signed in, never the token.
// It changes by signing in, changing the secret and signing out.
import type { ApiName, StreamItem, StreamName } from '#runtime/api/table.ts'
import type { SignedInView } from '#lane/calls/people-views.ts'
import type { Reply, RuntimeLink } from './runtime-link.ts'

const opening: readonly ApiName[] = ['people.signIn', 'people.changeSecret']

export class WindowSeat {
  private token = ''
  private readonly link: Pick<RuntimeLink, 'call' | 'subscribe'>

  constructor(link: Pick<RuntimeLink, 'call' | 'subscribe'>) {
    this.link = link
  }

  async call(name: ApiName, args: unknown): Promise<Reply> {
    const reply = await this.link.call(name, args, this.token)
    if (name === 'people.signOut') this.token = ''
    if (!reply.ok || !opening.includes(name)) return reply
    const view = reply.data as SignedInView
    this.token = view.token
    return { ok: true, data: { ...view, token: '' } satisfies SignedInView }
  }

  subscribe(stream: StreamName, sinceSeq: number, take: (item: StreamItem) => void): () => void {
    return this.link.subscribe(stream, sinceSeq, take, this.token)
  }
}
