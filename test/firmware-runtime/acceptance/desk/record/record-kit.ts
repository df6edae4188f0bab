// The record of an acceptance in which a whole scene was judged, as its folder would give it, with plates, cards and OBUs.
import { declarationOf, notDeclared } from '#acceptance/pure/declaration.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { clauseOf, limitsOf } from '#acceptance/pure/item.ts'
import { twoVerdicts } from '#acceptance/pure/quirks.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { emptyFolder, drillState } from '#acceptance/pure/papers/folder.ts'
import type { AcceptRecord } from '#acceptance/desk/record/record.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { baseRules, knownDigests } from '#base/pure/rules/packs.ts'
import { startMs } from '../../pure/lot-scene.ts'
import { cardFacts } from '../../pure/scene.ts'

const createdAtIso = isoOf(startMs + 86_400_000)

export function recordOf(
  facts: AcceptanceFacts = cardFacts(),
  over: Partial<AcceptRecord['head']> = {},
): AcceptRecord {
  return {
    head: {
      lotId: 'GX00099',
      lotName: t('一号场', 'Lot one'),
      sessionId: 'A20260302080000000',
      fromIso: isoOf(startMs),
      createdAtIso,
      program: '1.2.3',
      pack: {
        packId: 'guangxi',
        standard: 'DBJT45/T 065-2024',
        digest: knownDigests['guangxi']?.at(-1) ?? '',
        altered: [],
        issuer: null,
      },
      inputs: {
        lotFile: 'CD'.repeat(32),
        chargeMode: facts.chargeMode,
        lanes: [],
        platform: 'platform.example:8443',
        testObus: [{ obuId: '1A2B3C4D', pieces: 1 }],
      },
      simulated: false,
      quirks: [],
      lock: { why: null, override: null },
      asked: null,
      waiting: [],
      unasked: facts.unasked,
      past: { nodeId: 'n1', isStarted: facts.past.isStarted, days: facts.past.days },
      drill: drillState(emptyFolder, 365, startMs),
      ...over,
    },
    declaration: declarationOf(facts),
    items: acceptanceItems.map((item) => {
      const { id, title, printed, steps, needs } = item
      const judged = item.judge(facts)
      const { verdict, words, evidence, failed, warned, matrix } = judged
      return {
        id,
        clause: clauseOf(id, baseRules),
        title,
        printed,
        needs,
        away: notDeclared(item, declarationOf(facts)),
        steps,
        expected: item.expected(baseRules),
        assumed: item.assumed(baseRules),
        limits: limitsOf(item, baseRules),
        altered: null,
        verdict,
        words,
        evidence,
        failed,
        warned,
        ...(matrix === undefined ? {} : { matrix }),
        ...twoVerdicts(id, judged, []),
        simulated: false,
        red: null,
        judgedAtIso: createdAtIso,
      }
    }),
    accesses: facts.accesses,
    words: facts.words,
    stamps: facts.past.stamps,
    sessions: [],
    papers: [
      {
        id: 'J2',
        group: 'J',
        clause: 'J.1-2',
        title: t('细则', 'Rules'),
        printed: null,
        assumed: null,
        lines: [],
        state: 'open',
        open: 1,
        attachments: [],
        review: null,
      },
    ],
    rules: [],
  }
}
