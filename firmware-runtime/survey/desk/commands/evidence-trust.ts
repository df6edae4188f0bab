// Whom the reader of a signed file trusts: a list of signers, certificate authorities with revocation lists, or nobody,
// and what is missing. Shared by the evidence of a survey and the package of an acceptance.
import { chainTo, type ChainFound } from '#base/crypto/cert-chain.ts'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { revocationLists } from '#base/crypto/revocation.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Seal } from '#base/pure/data/sealed-lines.ts'
import type { SignatureState } from '#base/pure/data/signed.ts'
import { readCertificateText } from '#base/process/read-file.ts'
import { timeOf, type EvidenceTime } from './evidence-time.ts'
import { wrongFlag } from '#base/commands/command.ts'

/** 0: intact and trusted; the others say why not (docs/cli.md, ADR 65). */
export const exits = { trusted: 0, wrong: 1, nobodyNamed: 3, noTime: 4 } as const

type Trust = 'listed' | 'chain' | 'unlisted' | 'notAsked' | 'unknown'

interface Asked {
  readonly signers: string | undefined
  /** Certificate authorities as PEM. */
  readonly ca: string | undefined
  /** Revocation lists of these authorities, as PEM. */
  readonly crl: string | undefined
  readonly integrityOnly: boolean
  readonly attested: boolean
  readonly tsaCa: string | undefined
}

function trustOf({ signers, ca, integrityOnly }: Asked, isListed: boolean, leads: boolean): Trust {
  if (signers !== undefined && isListed) return 'listed'
  if (ca !== undefined && leads) return 'chain'
  if (signers !== undefined || ca !== undefined) return 'unlisted'
  return integrityOnly ? 'notAsked' : 'unknown'
}

/** Whether the signer's certificate leads to one of the authorities at the time of signing, attested or claimed. */
function chainOf(
  { ca, crl }: Pick<Asked, 'ca' | 'crl'>,
  { certificate }: Seal,
  { atMs, view: { attested } }: EvidenceTime,
): ChainFound | null {
  if (ca === undefined) return null
  const revocation =
    crl === undefined
      ? null
      : { lists: revocationLists(readCertificateText(crl, 'X509 CRL'), crl), attested }
  const found = chainTo(
    ...([
      certificate,
      certificatesInPem(readCertificateText(ca)),
      atMs,
      openGmCrypto(),
      revocation,
    ] as const),
  )
  if (found.ok || found.revoked !== true) return found
  throw new LaneFault('EVIDENCE-02', { file: crl ?? '', field: 'certificate', note: found.why })
}

/** `why` is the English text of `words`. */
const authoritiesView = (leads: ChainFound) =>
  leads.ok ? leads : { ...leads, why: leads.why.en, words: leads.why }

/** Why trust is not established; null: it is. */
function lack(
  trust: Trust,
  verifyRequest: Asked,
  { view }: EvidenceTime,
): { readonly exit: number; readonly fault: LaneFault } | null {
  if (trust === 'unlisted') return { exit: exits.wrong, fault: new LaneFault('EVIDENCE-04') }
  if (trust === 'unknown') {
    const note = t(
      '写明信任谁:--signers FILE 或 --ca FILE,或用 --integrity-only',
      'name whom you trust: --signers FILE or --ca FILE; or --integrity-only',
    )
    return { exit: exits.nobodyNamed, fault: new LaneFault('EVIDENCE-04', { note }) }
  }
  return verifyRequest.attested && !view.attested
    ? { exit: exits.noTime, fault: new LaneFault('EVIDENCE-05') }
    : null
}

interface TrustFlags {
  readonly signers?: string | undefined
  readonly ca?: string | undefined
  readonly crl?: string | undefined
  readonly 'integrity-only'?: boolean | undefined
  readonly attested?: boolean | undefined
  readonly 'tsa-ca'?: string | undefined
}

/** Throws ARG-01 for revocation lists without authorities. */
export function askedOf(flags: TrustFlags): Asked {
  const { signers, ca, crl, attested = false } = flags
  if (crl !== undefined && ca === undefined)
    throw wrongFlag('--crl', t('是 --ca 里的签发机构', 'of the authorities in --ca'))
  const integrityOnly = flags['integrity-only'] === true
  return { signers, ca, crl, attested, integrityOnly, tsaCa: flags['tsa-ca'] }
}

/** Information about the signer of an intact file. Throws EVIDENCE-02, EVIDENCE-06. */
export async function trustIn(
  seal: Seal,
  signature: Extract<SignatureState, { state: 'signed' | 'revoked' }>,
  asked: Asked,
) {
  const time = await timeOf(seal, asked.tsaCa)
  const leads = chainOf(asked, seal, time)
  const trust = trustOf(asked, signature.trusted, leads?.ok === true)
  const found = lack(trust, asked, time)
  const authorities = leads === null ? {} : { authorities: authoritiesView(leads) }
  return {
    exit: found?.exit ?? exits.trusted,
    fault: found === null ? {} : { fault: faultJson(found.fault).error },
    about: { signature, trust, ...authorities, time: time.view },
  }
}
