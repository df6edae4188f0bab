// Sends news by a way: mails together, webhooks one by one. Their secrets are in a file of the centre's folder, not in the
// database, whose copies are taken elsewhere; no call gives them out again.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from '#base/files/whole-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Way } from './due.ts'
import { bodyOf, mailOf, type AlarmNews } from './message.ts'
import { sendMail, type MailServer } from './mail.ts'
import { postWebhook } from './webhook.ts'

const secretsShape = z.strictObject({
  mail: z.string(),
  /** By way. */
  webhooks: z.record(z.string(), z.string()),
})
type WaySecrets = z.infer<typeof secretsShape>

/** Why a news was not taken; what a server says stays as it is. */
const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message || error.name : String(error))
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300) || 'error'

export interface Sent {
  /** Those before the first that was not taken. */
  readonly taken: number
  /** What the server said last. */
  readonly answer: string
}

export class AlarmPost {
  private readonly file: string

  constructor(dir: string) {
    this.file = join(dir, 'alarm-secrets.json')
  }

  keepMailPassword(password: string): void {
    this.write({ ...this.read(), mail: password })
  }

  hasMailPassword(): boolean {
    return this.read().mail !== ''
  }

  /** The new secret of a webhook, for the one time that it is shown. */
  newSecret(wayId: string): string {
    const secret = randomBytes(32).toString('hex')
    const { webhooks, ...rest } = this.read()
    this.write({ ...rest, webhooks: { ...webhooks, [wayId]: secret } })
    return secret
  }

  /** Never throws for what a server does. `news` is not empty. */
  async send(
    way: Way,
    server: MailServer | null,
    news: readonly AlarmNews[],
    atMs: InstantMs,
  ): Promise<Sent> {
    let sent: Sent = { taken: 0, answer: '' }
    try {
      const { mail, webhooks } = this.read()
      if (way.kind === 'mail') {
        if (server === null) return { taken: 0, answer: 'noMailServer' }
        const answer = await sendMail(server, mail, { to: way.address, ...mailOf(news) })
        return { taken: news.length, answer }
      }
      const secret = webhooks[way.wayId]
      if (secret === undefined) return { taken: 0, answer: 'noSecret' }
      for (const one of news) {
        const answer = await postWebhook(way.address, secret, { body: bodyOf(one), atMs })
        sent = { taken: sent.taken + 1, answer }
      }
      return sent
    } catch (error) {
      return { ...sent, answer: textOf(error) }
    }
  }

  /** Throws FILE-02 for a file that is none. */
  private read(): WaySecrets {
    if (!existsSync(this.file)) return { mail: '', webhooks: {} }
    try {
      return secretsShape.parse(JSON.parse(readFileSync(this.file, 'utf8')))
    } catch {
      throw new LaneFault('FILE-02', { file: this.file })
    }
  }

  private write(secrets: WaySecrets): void {
    writeWhole(this.file, `${JSON.stringify(secrets)}\n`)
  }
}
