// The door of a centre over HTTPS. Once a lot has its certificates it accepts only a door whose certificate comes from the
// authority of the pairing, has the common name `etc-lane centre` and is for servers. Before that it trusts no certificate,
// but the six digits prove the door (docs/centre.md).
import type { PeerCertificate } from 'node:tls'
import { parsed } from '#base/pure/data/json.ts'
import type { CentreDoor, DoorAnswer } from '../ports/centre-door.ts'
import type { KeptJoin } from '../ports/centre-keys.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import { platformClient } from '../http/platform-client.ts'

type Trust = Pick<KeptJoin, 'authority' | 'tlsKey' | 'tlsCertificate'>

const doorName = 'etc-lane centre'
/** id-kp-serverAuth (RFC 5280 4.2.1.12). */
const serverAuth = '1.3.6.1.5.5.7.3.1'
const answerBytesMax = 65_536
/** An answer with a batch of rows. */
export const givenBytesMax = 2 * 1024 * 1024
const keepAliveMs = 60_000
/** 1 MiB over a slow line. */
const withinMs = 30_000

/** The address is of no account: a door may move. */
function checkDoor(
  _: string,
  { subject, ext_key_usage: uses }: PeerCertificate,
): Error | undefined {
  if (subject?.CN !== doorName) return new Error('the certificate is not that of a centre')
  return uses?.includes(serverAuth) === true
    ? undefined
    : new Error('the certificate is not for servers')
}

const tlsOf = (trust: Trust | null) =>
  trust === null
    ? { rejectUnauthorized: false }
    : {
        key: trust.tlsKey,
        cert: trust.tlsCertificate,
        ca: trust.authority,
        checkServerIdentity: checkDoor,
      }

/** Null: before the pairing. Throws ARG-01 for an address that is none. */
export function doorClient(
  url: string,
  trust: Trust | null,
  mono: MonoClock,
  bytesMax = answerBytesMax,
): CentreDoor {
  const client = platformClient({
    baseUrl: url,
    caFile: null,
    mono,
    connections: 1,
    bytesMax,
    tls: tlsOf(trust),
    keepAliveMs,
  })
  const open = new Map<Cancel, (answer: DoorAnswer) => void>()
  return {
    send(request) {
      const { promise, resolve } = Promise.withResolvers<DoorAnswer>()
      const cancel = client.request({ ...request, timeoutMs: withinMs }, (answer) => {
        open.delete(cancel)
        if (answer.kind === 'silence') return resolve({ status: 0, why: answer.reason })
        const text = new TextDecoder().decode(answer.body)
        resolve({ status: answer.status, body: parsed(text) })
      })
      open.set(cancel, resolve)
      return promise
    },
    close() {
      for (const [cancel, resolve] of open) {
        cancel()
        resolve({ status: 0, why: 'closed' })
      }
      return client.close()
    },
  }
}
