// The feed of a lot to its centre, opened: its keys sealed in `keys/centre`, its mark, the door over HTTPS. Loaded by a lot
// with a centre alone.
import { centreKeys, centreShelf } from '#ledger/centre/centre-keys.ts'
import { doorClient } from '#ledger/centre/door-client.ts'
import { keptMark } from '#ledger/centre/feed-file.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { CentreFeed, type FeedParts } from '#ledger/desk/centre/centre-feed.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'

export interface CentreOptions extends Pick<
  FeedParts,
  'lot' | 'rows' | 'beats' | 'mono' | 'clock' | 'tell' | 'failed'
> {
  readonly dir: string
  readonly config: Pick<LotConfig, 'lotId' | 'nodeId' | 'name'> & {
    readonly centre: { readonly url: string }
  }
}

/** Begins at once: with pairing, or with the rows that the centre lacks. Throws ARG-01 for an address that is none. */
export function openCentreFeed({ dir, config, ...ports }: CentreOptions): CentreFeed {
  const { lotId, nodeId, name, centre } = config
  const { url } = centre
  const crypto = openGmCrypto()
  return new CentreFeed({
    ...ports,
    lotId,
    nodeId,
    name,
    url,
    kept: keptMark(dir, nodeId, url),
    random: systemRandom(),
    sm3: crypto.sm3,
    keys: centreKeys(crypto),
    shelf: centreShelf(dir, lotId, crypto),
    door: (trust) => doorClient(url, trust, ports.mono),
  })
}
