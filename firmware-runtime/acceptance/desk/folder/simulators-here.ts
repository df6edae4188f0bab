// The administration side of a lot's simulated platforms: DIR/sims/admin.json, written by the process that started
// them.
// Used only when both platform and administration are on a loopback address: a real platform is never queried here.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { IssuerFact, PlatformName } from '#ledger/pure/facts.ts'
import type { AdminCall } from '../../pure/plant.ts'
import { joinedPlatform, type LotConfig, type PlatformConfig } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { parsed } from '#base/pure/data/json.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'
import { readText } from '#base/process/read-file.ts'

const answerMs = 5_000

const adminSchema = z.partialRecord(
  z.enum(['platform', 'operator', 'etcOperator']),
  z.string().regex(/^http:\/\//),
)
const linesSchema = z.object({
  lines: z.array(
    z.object({
      kind: z.enum([
        'contractNo',
        'statusCheck',
        'charge',
        'refund',
        'query',
        'bookkeeping',
        'bill',
        'reconciliation',
      ]),
      ok: z.boolean(),
      ref: z.string(),
      text: z.string(),
      contractNos: z.array(z.string().nullable()).optional(),
      status: z.number().optional(),
      answer: z.enum(['success', 'refused', 'fault']).optional(),
      chargedFen: z.int().optional(),
      bookedFen: z.int().optional(),
      day: z.string().optional(),
    }),
  ),
})

export const adminFile = (dir: string): string => join(dir, 'sims', 'admin.json')

const isHere = (url: string): boolean => isLoopback(hostOf(url) ?? '')

const channelOf = (config: LotConfig, name: PlatformName): PlatformConfig | null =>
  name === 'platform' ? joinedPlatform(config) : (config[name] ?? null)

/** Null when that platform is not on a loopback address, or admin.json names no local administration address for it. */
export function adminOf(dir: string, config: LotConfig, name: PlatformName): string | null {
  const channel = channelOf(config, name)
  const file = adminFile(dir)
  if (channel === null || !isHere(channel.url) || !existsSync(file)) return null
  const checked = adminSchema.safeParse(parsed(readText(file)))
  const url = checked.success ? checked.data[name] : undefined
  return url !== undefined && isHere(url) ? url : null
}

/** The JSON answer; null when the administration refused or did not answer. */
export async function askAdmin(url: string, { method, path, body }: AdminCall | AdminQuery) {
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(answerMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value: unknown = await answer.json()
    return answer.ok ? value : null
  } catch {
    // Gone or busy: the next look asks again.
    return null
  }
}

interface AdminQuery {
  readonly method: 'GET'
  readonly path: string
  readonly body?: undefined
}

/** The books of the simulated issuer; null for a real platform. */
export async function issuerHere(
  dir: string,
  config: LotConfig,
  fromMs: InstantMs,
  /** Lines after this time are left out; without it none is left out. */
  untilMs?: InstantMs,
): Promise<readonly IssuerFact[] | null> {
  const url = adminOf(dir, config, 'platform')
  const appId = joinedPlatform(config)?.appId
  if (url === null || appId === undefined) return null
  const until = untilMs === undefined ? {} : { until: isoOf(untilMs) }
  const query = new URLSearchParams({ appId, from: isoOf(fromMs), ...until })
  const checked = linesSchema.safeParse(
    await askAdmin(url, { method: 'GET', path: `/issuer?${query.toString()}` }),
  )
  return checked.success ? checked.data.lines : null
}
