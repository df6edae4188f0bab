// A mail through the operator's own server, by nodemailer (ADR 421), which is loaded when the first one is sent.
import { z } from 'zod'

export const mailServerShape = z.strictObject({
  host: z.string().trim().min(1).max(200),
  port: z.number().int().min(1).max(65_535),
  /** `tls` from the first byte, `starttls` before anything is said, `none`. */
  tls: z.enum(['tls', 'starttls', 'none']),
  /** Empty: it asks for no account. */
  user: z.string().trim().max(200),
  from: z.email().max(200),
})
export type MailServer = z.infer<typeof mailServerShape>

/** A server that answers nothing more is given up. */
const limits = { connectMs: 10_000, silentMs: 15_000, wholeMs: 30_000 } as const

interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What the server answered. Throws an Error for a mail that it did not take, or not in time. */
export async function sendMail(
  { host, port, tls, user, from }: MailServer,
  password: string,
  mail: Mail,
): Promise<string> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.silentMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('ETIMEDOUT')), limits.wholeMs)
  try {
    const sent = transport.sendMail({ from, ...mail })
    // Its failure after the limit is nobody's.
    sent.catch(() => undefined)
    return (await Promise.race([sent, late.promise])).response
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}
