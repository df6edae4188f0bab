// Passports of a lot in memory: one lane whose antenna the test drives, a real database and a real signature.
// Keys are made for the run; files are in a list.
import type { PlaceConfig } from '#devices/pure/place/place.ts'
import { spkiOf } from '#base/crypto/accelerator.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { openCertificate } from '#base/crypto/profile-signer.ts'
import { passportDatabase, readPassportDatabase } from '#devices/files/passport-database.ts'
import { PassportStore, type PassportSigner } from '#devices/passport/passport-store.ts'
import { DeviceVersions } from '#devices/passport/device-versions.ts'
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { KeptVersions } from '#devices/ports/version-store.ts'
import type { PassportReader } from '#devices/passport/open-passport.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { claimOf } from '#base/pure/passport/container.ts'
import { aboutOf, type PassportRow } from '#base/pure/passport/tables.ts'
import { makeCertificate, signatureOid } from '#simulators/platform/certificates/certificates.ts'
import { HandClock, startMs, testLot } from '../../runtime/control/control-kit.ts'
import { settingsBench } from '../settings/settings-bench.ts'
import { sideTasks } from '../../../kit/side-tasks.ts'

const crypto = openGmCrypto()
const digests = digestsOf(crypto)

export function signer(name = 'installer'): PassportSigner {
  const pair = crypto.keyPair()
  const key = crypto.signingKey(pair, '5C01')
  const certificate = makeCertificate({
    serialHex: '5C01',
    subject: name,
    issuer: name,
    spki: spkiOf(pair.publicKey),
    fromMs: 1_700_000_000_000,
    toMs: 4_000_000_000_000,
    use: 'signing',
    signatureOid: signatureOid.sm2,
    sign: (tbs) => key.sign(tbs),
  })
  return { certificate, sign: (message) => key.sign(message) }
}

export const reader = (revoked = new Map<string, string>()): PassportReader => ({
  digests,
  judge: { certificate: (der) => openCertificate(der, crypto), revoked, trusted: new Set() },
  read: readPassportDatabase,
})

export const by = { by: '装机员', reason: '验收' }
export const make = { laneId: 'exit', ...by, commandId: 'make-0001' }

export class Bench {
  readonly clock = new HandClock()
  readonly files: { readonly file: string; bytes: Uint8Array }[] = []
  readonly told: LaneFault[] = []
  readonly rsu = settingsBench(this.clock, this.business)
  /** The area in which a pile or handheld may charge; undefined for a lane. */
  place: PlaceConfig | undefined = undefined
  profiles: PassportRow<'profile'>[] = []
  key: PassportSigner | null = signer()
  keptVersions: KeptVersions = {}
  readonly versions = this.readVersions()
  readonly store = new PassportStore({
    tasks: sideTasks(this.clock),
    mustGoOn: () => undefined,
    laneIds: ['exit'],
    service: {
      buildPassport: (content) => {
        const database = passportDatabase(content)
        return Promise.resolve({ database, claim: claimOf(database, content, digests) })
      },
      keepPassport: (laneId, stamp, bytes) => {
        const file = `${laneId}-${stamp}`
        this.files.push({ file, bytes })
        return Promise.resolve(file)
      },
      lastPassport: () => Promise.resolve(this.files.at(-1) ?? null),
      readPassport: (database) => Promise.resolve(readPassportDatabase(database)),
    },
    reader: reader(),
    mono: this.clock,
    business: this.business,
    signing: this.business,
    signer: () => this.key,
    facts: () =>
      Promise.resolve({
        config: testLot,
        lane: {
          ...present(
            testLot.lanes.find(({ id }) => id === 'exit'),
            'an exit',
          ),
          place: this.place,
        },
        version: 'test',
        device: { link: 'tcp://127.0.0.1:1', settingsStore: this.rsu.settingsStore },
        versionOf: (device) => this.versions.reading('exit', device),
        wiring: '{"unitId":1}',
        profiles: this.profiles,
        tests: [],
        photo: (id) => Promise.resolve(id === 'p1' ? Uint8Array.of(0xff, 0xd8, 1) : null),
      }),
    inForce: (laneId, content) => {
      const atMs = parseIso(aboutOf(content, 'madeAtIso') ?? '') ?? 0
      this.versions.passport(laneId, content, { atMs, by: aboutOf(content, 'by') ?? '' })
    },
    onFault: (_laneId, fault) => this.told.push(fault),
  })

  /** As after a start: from what was kept. */
  readVersions(): DeviceVersions {
    return new DeviceVersions({
      devices: laneKinds.map((device) => ({ laneId: 'exit', device })),
      store: { load: () => this.keptVersions, keep: (versions) => (this.keptVersions = versions) },
      nowMs: () => this.business.nowMs(),
      failed: (fault) => this.told.push(fault),
    })
  }

  private get business() {
    return { nowMs: () => startMs + Math.floor(this.clock.us / 1000) }
  }

  /** The antenna reports its identity and settings. */
  antennaTells(powerStep: number, softwareVersion = '0102', rsuId = 'AB12'): void {
    const identity = { manufacturer: '01', rsuId, softwareVersion, psams: [] }
    this.rsu.settingsStore.device({ type: 'identity', identity })
    const antenna = { antennaId: 1, state: 'ok', channel: 0, powerStep }
    this.rsu.settingsStore.device({ type: 'antennas', antennas: [antenna] })
  }

  /** Lets pending work of the store finish. */
  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
}
