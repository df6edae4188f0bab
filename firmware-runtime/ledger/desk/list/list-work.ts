// Fetches or takes a status list: verifies the platform's signature, reads it, and stores the result (P18).
// Runs in a worker or a command, never in the lanes' thread: a full list takes a second.
import { t } from '#base/pure/words/fault-text.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { loadPlatformKeys } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { AccessFile } from '../../files/access-file.ts'
import { readListImage, writeListImage } from '../../files/status-list-image.ts'
import { platformClient } from '../../http/platform-client.ts'
import { platformUnder } from '../../http/former-certificate.ts'
import type { SignedPlatformOptions, SignedResult } from '../../http/signed-platform.ts'
import { ListChanges } from '../../pure/etc/listed-numbers.ts'
import { isVersionJump, noVersion, updated, type HeldList } from '../../pure/etc/list-update.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { dialectOf } from '../../pure/platforms/dialects.ts'
import type { ListTaken } from '../../ports/list-service.ts'
import { accountHere } from '#lane/folder/account-here.ts'
import { clientKeyOf, formerClientKeys } from '#lane/folder/client-key.ts'
import { credentialsIn } from '#lane/folder/credentials.ts'
import type { LinkHere } from '#lane/folder/link-here.ts'
import { unprovenByStick } from '#lane/folder/stick-proof.ts'
import { sender } from '#base/process/sender.ts'

export interface ListPlan {
  readonly dir: string
  readonly chainKey: Uint8Array
  readonly platform: LinkHere
  readonly provinceCode: string
  /** True when the client's key is sealed. */
  readonly isLive: boolean
  /** Business time minus transport time, ms: not zero while a trace is replayed. */
  readonly aheadMs: number
  /** Timeout of an answer, when not the usual one. */
  readonly withinMs?: number | undefined
}

/** A list of a hundred thousand numbers by a line of 1000 Kbit/s (D.1). */
const fetchWithinMs = 300_000
/** About a million numbers. */
const bytesMax = 192 * 1024 * 1024

const placeOf = (plan: ListPlan) => ({
  ...plan,
  crypto: openGmCrypto(),
  account: accountHere(plan.platform),
})

/** The stored list of this platform; a damaged one counts as missing, and a full list replaces it. */
const heldIn = (plan: ListPlan): HeldList | null =>
  orIfFault(() => readListImage(placeOf(plan)), null)

function keep(plan: ListPlan, body: Uint8Array, isAnew: boolean): ListTaken {
  const held = heldIn(plan)
  const changes = new ListChanges()
  const head = dialectOf(plan).readList(body, (item) => changes.add(item))
  const nowMs = systemWallClock().nowMs() + plan.aheadMs
  const atMs = head.atMs + plan.aheadMs
  const list = updated(held, { ...head, atMs }, changes, { nowMs, isAnew })
  writeListImage(placeOf(plan), list)
  const isSame = changes.size === 0 && head.since !== null
  const kind = isSame ? 'same' : head.since === null ? 'full' : 'changes'
  const jumpedFrom =
    held !== null && isVersionJump(held.version, list.version) ? held.version : null
  return {
    version: list.version,
    asOfMs: list.asOfMs,
    kind,
    count: list.numbers.size,
    ...(jumpedFrom === null ? {} : { jumpedFrom }),
  }
}

function bodyOf({ answer, verified }: SignedResult): Uint8Array {
  if (answer.kind === 'silence') throw new LaneFault('LIST-06', { note: answer.reason })
  const isDone = answer.status >= 200 && answer.status < 300
  if (verified === 'valid' && isDone) return answer.body
  // An error without a signature is a fault of the link; a success without one is forged (P3).
  if (!isDone) throw new LaneFault('LIST-06', { value: String(answer.status) })
  throw new LaneFault('LIST-03', { value: verified ?? '' })
}

/** One request; on a gap, and on changes of an older version, the whole list is requested once. */
export async function fetchList(plan: ListPlan, full: boolean, isAnew = false): Promise<ListTaken> {
  const { platform, isLive, withinMs: timeoutMs = fetchWithinMs } = plan
  const crypto = openGmCrypto()
  const { certDir, url, caFile, appId } = platform
  const dialect = dialectOf(plan)
  const clientKey = () => clientKeyOf(certDir, isLive)
  const { signingKey, platformKeys, accessCode } = credentialsIn(
    dialect,
    { certDir, isSealed: isLive, clientKey },
    crypto,
  )
  const http = platformClient({ baseUrl: url, caFile, mono: systemMonoClock(), bytesMax })
  const log = new AccessFile(plan.dir)
  const signed: SignedPlatformOptions = {
    dialect,
    http,
    crypto,
    appId,
    signingKey,
    platformKeys,
    accessCode,
    ...sender(),
    access: (access) => log.add({ ...access, destination: 'platform' }),
  }
  const formers = signingKey === null ? [] : formerClientKeys(certDir, signed.transport.nowMs())
  const link = platformUnder(signed, formers)
  const ask = async (since: string): Promise<ListTaken> => {
    const { promise, resolve } = Promise.withResolvers<SignedResult>()
    link.send({ ...dialect.listRequest(since), timeoutMs }, resolve)
    return keep(plan, bodyOf(await promise), isAnew)
  }
  try {
    const since = full ? noVersion : (heldIn(plan)?.version ?? noVersion)
    try {
      return await ask(since)
    } catch (error) {
      const isGap =
        error instanceof LaneFault &&
        (error.code === 'LIST-05' || error.code === 'LIST-04') &&
        since !== noVersion
      if (!isGap) throw error
      return await ask(noVersion)
    }
  } finally {
    await http.close()
    await log.close()
  }
}

/** Headers and body of an answer as `curl -i` keeps it. */
function answerIn(file: string): { headers: Record<string, string>; body: Uint8Array } {
  const bytes = orDiskFault({ file, otherwise: 'FILE-01' }, () => readUpTo(file, bytesMax))
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, 16_384))
  if (end === null)
    throw new LaneFault('LIST-03', {
      file,
      note: t('正文前面没有报头', 'no headers before the body'),
    })
  const lines = bytes.toString('latin1', 0, end.index).split(/\r?\n/)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) headers[name.toLowerCase()] = value
  }
  return { headers, body: Uint8Array.from(bytes.subarray(end.index + end[0].length)) }
}

/** Takes a list from a file with the checks of an answer, without the time window: a stick may travel for hours. */
export function takeList(plan: ListPlan, file: string): ListTaken {
  const { headers, body } = answerIn(file)
  const dialect = dialectOf(plan)
  const keys = loadPlatformKeys(plan.platform.certDir, openGmCrypto()).platformKeys
  const value = unprovenByStick(dialect, keys, { headers, body })
  if (value !== null) throw new LaneFault('LIST-03', { file, value })
  return keep(plan, body, true)
}
