// The ports of setting up a lot on this machine: draft, checks of files, network cards, push addresses.
// Used by Studio and by `lot init --from`.
import { runningLot } from '#base/pure/lot/streets.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { copiesSecret, tryServer } from '#ledger/copies/copy-server.ts'
import { cardsHere } from '#devices/find/machine.ts'
import { intakePath } from '#devices/intake/camera-intake.ts'
import { payKeysOf, readPayKeys } from '#base/crypto/signing.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { judgeDraft, incomplete } from './judge.ts'
import type { PeopleService } from '../../people/people-service.ts'
import { SetupService, type SetupPorts } from './setup-service.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { compareProvinces } from '#ledger/desk/handlers/compare-provinces.ts'
import { provinceChoices, provinceRow } from '#ledger/pure/platforms/dialects.ts'
import { refusePlace } from '#ledger/desk/backup/copy-place.ts'
import { layOutHere, type LayOut } from '#base/desk/document/paper-process.ts'
import type { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import { raisedBooms } from '#devices/desk/lane/raised-file.ts'
import { tryPorts } from './try-ports.ts'
import { joiningPorts } from './joining-folder.ts'
import { OwnCertificate } from './own-certificate.ts'
import { platformFiles } from './platform-files.ts'
import { serviceHere } from '#base/desk/service/service-here.ts'
import { pushSecret } from '#devices/desk/lane/push-secret.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import {
  absences,
  refuseNoDestination,
  refuseTestMeans,
  refuseUnspoken,
} from '../../folder/live-lot.ts'
import { keptFiles, keptLot, replaceLot, undoLot } from '../folder/kept-lot.ts'
import { writeLot } from '../../folder/lot-file.ts'
import { preparedVersion } from '../folder/lot-versions.ts'
import { peopleOffline } from '../../folder/people-offline.ts'
import { mustBeOfThisLot } from '../../folder/lot-kind.ts'
import { readUtf8 } from '#base/process/read-file.ts'
import { rulesHere } from '../../folder/rules-here.ts'
import { readDraftFile, setupFile } from '../folder/setup-file.ts'

/** Limit of a file with some addresses and names, bytes. */
const channelBytesMax = 65_536
/** Limit of a file with one line, bytes. */
const keyBytesMax = 4_096
const reservationKey = /^[\x21-\x7e]{8,200}$/

const namedFiles: Pick<SetupPorts, 'channelText' | 'spacesOf'> = {
  channelText: (path) => readUtf8(path, channelBytesMax),
  // Loaded with the first file, because a start reads none.
  spacesOf: async (file, layer) =>
    (await import('../folder/spaces-here.ts')).spacesHere(file, layer),
}

const pushSecretIn = (dir: string, laneId: string): string =>
  pushSecret(secretStore(dir, machineSecret()), laneId)

export function setupPorts(
  dir: string,
  people: Pick<PeopleService, 'accounts'>,
  written: () => void,
  layOut: LayOut = layOutHere,
  raised: RaisedBooms = raisedBooms(dir),
): SetupPorts {
  const file = join(dir, 'lot.json')
  return {
    dir,
    rules: (provinceCode) => rulesHere(dir, provinceCode),
    draft: setupFile(dir),
    tries: tryPorts(dir, raised),
    platformFiles: (platform) => platformFiles(platform, systemWallClock().nowMs()),
    certificate: new OwnCertificate(dir),
    certificateCame: () => undefined,
    joining: joiningPorts(dir),
    hasSecret: (name) => secretStore(dir, machineSecret()).names().includes(name),
    keepKey(of, name, from, value) {
      if (of === 'reservation') {
        const text = (from === 'file' ? readUtf8(value, keyBytesMax) : value).trim()
        if (!reservationKey.test(text))
          throw new LaneFault('RESERVATION-02', { field: '/reservation/secret' })
        secretStore(dir, machineSecret()).write(name, text)
        return []
      }
      const keys = from === 'file' ? readPayKeys(value) : payKeysOf(value, `keys/secrets/${name}`)
      const text = keys.map(({ keyId, secretHex }) => `${keyId}:${secretHex}`).join(' ')
      secretStore(dir, machineSecret()).write(name, text)
      return keys.map(({ keyId }) => keyId)
    },
    tryServer: (wish) => tryServer(dir, wish),
    keepPassword: (password, name = copiesSecret) =>
      secretStore(dir, machineSecret()).write(name, password),
    ...namedFiles,
    provinces: provinceChoices,
    compare: (from, to, lot) => compareProvinces(provinceRow(from), provinceRow(to), lot),
    cards: cardsHere,
    pushAddress: (laneId, host, port) =>
      `http://${host}:${port}${intakePath(laneId, pushSecretIn(dir, laneId))}`,
    refuse(config: LotConfig) {
      refuseTestMeans(config, file)
      refuseNoDestination(config, file)
      refuseUnspoken(config, file)
      refusePlace(config.copies?.to ?? null, dir)
      if (existsSync(dir)) mustBeOfThisLot(dir, config)
    },
    warnings: (config) => absences(config, dir),
    people: () => people.accounts.map(({ name, role }) => ({ name, role })),
    service: () => serviceHere(dir),
    inForce: () => null,
    isWaiting: () => false,
    mayTry: () => undefined,
    nowMs: () => systemWallClock().nowMs(),
    pdf: (document) => layOut({ kind: 'pdf', document }),
    kept: () => keptFiles(dir),
    keptView: () => keptLot(dir),
    revert: (who) => undoLot(dir, who),
    write(config, tariff, { by, reason }) {
      if (existsSync(file)) return replaceLot(dir, config, { by, reason })
      const atMs = systemWallClock().nowMs()
      const made = { by, reason, lot: config, tariff: JSON.parse(tariff) as unknown }
      const placed = preparedVersion(dir, atMs, made)
      writeLot(dir, config, tariff)
      placed()
    },
    written,
  }
}

/** Makes a lot from a draft file; writes nothing when the draft is incomplete. */
export async function lotFromDraft(dir: string, file: string): Promise<readonly string[]> {
  const draft = readDraftFile(file)
  if (keptFiles(dir) !== null)
    throw new LaneFault('LOT-02', {
      file: join(dir, 'lot.json'),
      note: t(
        '文件夹里已有停车场或回放,没有改动',
        'the folder has a lot or a replay already, nothing was changed',
      ),
    })
  const ports = setupPorts(dir, peopleOffline(dir, 'lot init --from'), () => undefined)
  const verdict = judgeDraft(draft, ports)
  if (verdict.config === null || !verdict.ready) throw incomplete(verdict)
  await namedProfiles(runningLot(verdict.config), dir)
  const { version: _, ...parts } = draft
  const service = new SetupService(ports)
  service.save(parts)
  service.begin(service.preview().digest, { by: 'lot init --from', reason: file })
  return verdict.config.lanes.map(({ id }) => id)
}
