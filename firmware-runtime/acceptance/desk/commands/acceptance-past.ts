// What `acceptance verify` says about the past of the ledger behind a package: its days, what binds each, and whether its time
// stamps hold for the authorities that the reader names. The stamps are read again, whatever the package says of them.
import { bindingsOf } from '../../pure/past.ts'
import { newerThan } from '../record/newer-rules.ts'
import type { AcceptRecord } from '../record/record.ts'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { bytesOfAscii } from '#base/pure/data/bytes.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { stampedText } from '#base/pure/data/stamped-head.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { authoritiesIn, stampOver } from '#ledger/http/time-token.ts'
import { exits } from '#survey/desk/commands/evidence-trust.ts'

interface Asked {
  readonly tsaCa: string | undefined
  readonly integrityOnly: boolean
}

/** Throws EVIDENCE-06 for a stamp that does not hold, or leads to none of the named authorities. */
export async function pastSaid(record: AcceptRecord, asked: Asked, file: string) {
  const newer = newerThan(record).map(({ id, words }) => ({ id, words }))
  const { past, lotId } = record.head
  const authorities = authoritiesIn(asked.tsaCa)
  if (past === undefined) return { about: { newer }, exit: exits.trusted }
  const by = new Set<string>()
  for (const [i, { token, held, ...head }] of record.stamps.entries()) {
    if (held === null) continue
    const about = { file, field: `stamp ${i + 1}` }
    const over = bytesOfAscii(stampedText(lotId, head))
    const bytes = bytesOfBase64(token) ?? new Uint8Array()
    const found = await stampOver(bytes, over, authorities, about)
    if (isoOf(found.atMs) !== held.atIso)
      throw new LaneFault('EVIDENCE-06', { ...about, value: held.atIso })
    by.add(found.by)
  }
  const bound = bindingsOf(past)
  // Stamps of a service that nobody trusts bind nothing.
  const isOpen = authorities === null && bound.length === 1 && bound[0] === 'timeStamp'
  const { isStarted, days } = past
  const stamps = { by: [...by], attested: by.size > 0 && authorities !== null }
  return {
    about: { past: { isStarted, days, stamps }, newer },
    exit: isOpen && !asked.integrityOnly ? exits.nobodyNamed : exits.trusted,
  }
}
