// The judgement of a replay over links, whatever was driven: the ledger is verified, its rows are compared with the books of
// cards and platform by the money invariants, and the result is the JSON of contract.md section 4.
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import { checkInvariants, type OutsideRecords, type Violation } from '#lane/pure/lot/invariants.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { replayResult, type ReplayChoice, type ReplayFacts } from './replay-result.ts'

interface Replayed {
  readonly choice: Pick<ReplayChoice, 'dir' | 'seed'>
  readonly site: Site
  readonly outside: OutsideRecords
  /** Violations that were seen elsewhere than in the books. */
  readonly seen: readonly Violation[]
  readonly startedMs: number
}

/** What only the replay itself knows. */
type OwnFacts = Omit<ReplayFacts, 'mode' | 'seed' | 'crypto' | 'report' | 'verdict' | 'wallMs'>

export function judgedReplay(
  { choice, site, outside, seen, startedMs }: Replayed,
  facts: OwnFacts,
) {
  using reader = openLedgerReader({
    dir: choice.dir,
    nodeId: site.config.nodeId,
    chainKey: site.chainKey,
    crypto: openGmCrypto(),
  })
  const verdict = reader.verify()
  const report = checkInvariants(site.opened.ledger.rows(0), outside, {
    chainOk: verdict.ok,
    passesOf: passesOf(site.config),
    unsent: facts.pending,
    unknown: site.runtime.lot.unsettled.size,
    exposureFen: exposureFen(site.runtime.queue, site.runtime.lot),
    lanesReady: [...site.runtime.lanes.values()].every((l) => l.state.name === 'idle'),
    healed: true,
  })
  report.violations.push(...seen)
  return replayResult(reader, {
    ...facts,
    mode: 'wire',
    seed: choice.seed,
    crypto: 'real',
    report,
    verdict,
    wallMs: Date.now() - startedMs,
  })
}
