// The passports of an open site: the present state of its lanes, its client key, and the worker for slow work.
// Built beside the site; profiles are read only when a passport is made or compared.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { fingerprintOf } from '#base/crypto/profile-signer.ts'
import { readPhoto } from '#ledger/files/photos.ts'
import { mustGoOn } from '#base/worker/document-work.ts'
import { firstCarTests } from '#devices/desk/handlers/control-first-car.ts'
import { PassportStore, type PassportSigner } from '#devices/passport/passport-store.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { aboutOf } from '#base/pure/passport/tables.ts'
import type { PassportService } from '#devices/ports/passport-service.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import type { Site } from '../site/site-parts.ts'
import { readCertificateText } from '#base/process/read-file.ts'
import { version } from '#base/process/version.ts'

const none = { signers: undefined, revoked: undefined }

/** The signing key with its client certificate; null when the lot has none. */
function signerOf({ signer, config }: Site, dir: string): PassportSigner | null {
  const joined = linkHere(dir, config)
  const file = joined === null ? null : join(joined.certDir, 'client.pem')
  if (signer === undefined || file === null || !existsSync(file)) return null
  const [certificate] = certificatesInPem(readCertificateText(file))
  if (certificate === undefined)
    throw new LaneFault('CERT-01', { file, note: t('里面没有证书', 'no certificate inside') })
  return { certificate, sign: (message) => signer.sign(message) }
}

interface PassportOptions {
  readonly dir: string
  readonly site: Site
  readonly service: PassportService
  readonly tasks: Pick<TaskOwner, 'every'>
  onFault(fault: LaneFault): void
}

export function openPassports({
  dir,
  site,
  service,
  tasks,
  onFault,
}: PassportOptions): PassportStore {
  const crypto = openGmCrypto()
  const { config, runtime } = site
  const laneOf = (laneId: string): LaneConfig =>
    present(
      config.lanes.find((lane) => lane.id === laneId),
      'a lane of the lot',
    )
  return new PassportStore({
    laneIds: config.lanes.map(({ id }) => id),
    service,
    tasks,
    mustGoOn,
    reader: {
      digests: digestsOf(crypto),
      get judge() {
        const judge = signatureJudge({ dir, ...none })
        const own = signerOf(site, dir)
        if (own === null) return judge
        // The lot trusts its own signatures.
        const trusted = new Set([...judge.trusted, fingerprintOf(own.certificate, crypto)])
        return { ...judge, trusted }
      },
    },
    mono: systemMonoClock(),
    business: systemWallClock(),
    signing: systemWallClock(),
    signer: () => signerOf(site, dir),
    facts: async (laneId) => {
      // Loaded on demand: reading profiles takes longer than opening a lot.
      const { profileRows } = await import('#devices/desk/passport/profile-rows.ts')
      const rsu = site.rsus.get(laneId)
      const settingsStore = rsu?.settings ?? null
      return {
        config,
        lane: laneOf(laneId),
        version,
        device:
          rsu === undefined || settingsStore === null ? null : { link: rsu.url, settingsStore },
        versionOf: (device) => site.versions.reading(laneId, device),
        wiring: site.barriers.get(laneId)?.wiring ?? null,
        profiles: profileRows(dir, laneOf(laneId), crypto),
        tests: firstCarTests(runtime.lot.firstCars.get(laneId)),
        photo: (id) => readPhoto(dir, id),
      }
    },
    inForce(laneId, content) {
      const atMs = parseIso(aboutOf(content, 'madeAtIso') ?? '')
      const by = aboutOf(content, 'by') ?? ''
      if (atMs !== null) site.versions.passport(laneId, content, { atMs, by })
    },
    onFault: (laneId, fault) => {
      runtime.trace(laneId, null, 'fault', tracedFault(fault))
      onFault(fault)
    },
  })
}
