// Platforms of table G.1 and H.1 in words: each is shown by what went to it, and what went to another shows nothing of it.
import { channelWords } from '#base/pure/lot/destination-members.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PlatformName } from '#ledger/pure/facts.ts'

const withArticle = ({ zh, en }: BilingualText): BilingualText => t(zh, `the ${en}`)

export const partyWords: Readonly<Record<PlatformName, BilingualText>> = {
  platform: withArticle(channelWords.platform),
  operator: withArticle(channelWords.operator),
  etcOperator: withArticle(channelWords.etcOperator),
}
