// A connection and its certificates must have one suite (P7): a lot whose lot.json and certificate differ is refused
// when it is loaded, because its signatures would be refused and no answer could be verified.
import { join } from 'node:path'
import { heldCertificates } from '#base/crypto/certs.ts'
import { ciphers } from '#base/crypto/suites.ts'
import { joinedPlatform, type ChannelName, type LotConfig } from '#base/pure/lot/config.ts'
import { joinedDestinations } from '#ledger/pure/lot/destinations.ts'
import { withFolder } from './link-here.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { suiteOf, type SuiteName } from '#base/pure/data/suite.ts'

interface OfSuite {
  readonly whose: 'client' | 'platform'
  readonly suite: SuiteName
  readonly certSerial: string
}

/** Throws LOT-02 with file, field and value. */
export function mustBeOfSuite(
  file: string,
  of: ChannelName,
  joined: { readonly suite?: SuiteName | undefined },
  certificates: readonly OfSuite[],
): void {
  const value = suiteOf(joined)
  const other = certificates.find(({ suite }) => suite !== value)
  if (other === undefined) return
  const { whose, suite, certSerial } = other
  const note = t(
    `${whose}.pem 里的证书 ${certSerial} 是 ${suite}`,
    `certificate ${certSerial} in ${whose}.pem is of ${suite}`,
  )
  throw new LaneFault('LOT-02', { file, field: `/${of}/suite`, value, note })
}

/** A cipher of files is of one suite as well. Throws LOT-02. */
function mustHaveCipher(file: string, config: LotConfig): void {
  const joined = joinedPlatform(config)
  const value = joined?.fileCipher
  if (joined === null || value === undefined) return
  const suite = suiteOf(joined)
  if (ciphers[value].suite === suite) return
  const note = t(`算法套件是 ${suite}`, `the suite is ${suite}`)
  throw new LaneFault('LOT-02', { file, field: '/platform/fileCipher', value, note })
}

/** Of the certificates that can be read; what is wrong with another one is said elsewhere. */
export function checkSuites(config: LotConfig, dir: string): void {
  mustHaveCipher(join(dir, 'lot.json'), config)
  for (const { id, link } of joinedDestinations(config))
    mustBeOfSuite(
      join(dir, 'lot.json'),
      id,
      link,
      heldCertificates(withFolder(dir, id, link).certDir),
    )
}
