// The runs of an acceptance: DIR/acceptance/A<number>.json, one file per run; the file with the highest number is
// current. `A0.json` exists when the lock was overridden before any run. The older single file acceptance.json is still
// read; the next write moves it into the folder.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { deviceVersionsIn, readDeviceVersions } from '#devices/files/device-versions.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import {
  noSession,
  sessionSchema,
  singleSchema,
  type AcceptanceSession,
  type RunInputs,
  type RunMade,
} from '../service/session.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { mustBeOfThisLot } from '#lane/folder/lot-kind.ts'
import { packHere } from '#lane/folder/rules-here.ts'
import { readBytes, readText } from '#base/process/read-file.ts'
import { version } from '#base/process/version.ts'
import { declaredHere } from './declared-here.ts'
import { removePath } from '#base/files/held-path.ts'

/** Bound for a session file: some hundred lines of evidence per item. */
const sessionBytesMax = 16 * 1024 * 1024

const folderOf = (dir: string): string => join(dir, 'acceptance')
const singleOf = (dir: string): string => join(dir, 'acceptance.json')
const fileOf = (dir: string, { sessionId }: AcceptanceSession): string =>
  join(folderOf(dir), `${sessionId ?? 'A0'}.json`)

/** Throws FILE-02 for a file that is not an acceptance session. */
export function readSessionFile(file: string): AcceptanceSession {
  const value = parsed(readText(file, sessionBytesMax))
  const isOld = (value as { readonly version?: unknown } | null)?.version === 1
  const checked = (isOld ? singleSchema : sessionSchema).safeParse(value)
  if (checked.success) return checked.data
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  throw new LaneFault('FILE-02', { file, field })
}

/** Orders by number: a longer name has a larger number. */
const inOrder = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1)

/** Files of all runs, oldest first. */
export function sessionFiles(dir: string): readonly string[] {
  const names = existsSync(folderOf(dir))
    ? readdirSync(folderOf(dir)).filter((name) => /^A\d{1,20}\.json$/.test(name))
    : []
  const own = names.toSorted(inOrder).map((name) => join(folderOf(dir), name))
  return existsSync(singleOf(dir)) ? [singleOf(dir), ...own] : own
}

/** The current run: the newest session, or `noSession`. Throws FILE-02. */
export function readSession(dir: string): AcceptanceSession {
  const file = sessionFiles(dir).at(-1)
  return file === undefined ? noSession : readSessionFile(file)
}

/** The session is on disk when this returns. */
export function keepSession(dir: string, session: AcceptanceSession): void {
  const write = (one: AcceptanceSession): void => writeWhole(fileOf(dir, one), JSON.stringify(one))
  orDiskFault({ file: fileOf(dir, session) }, () => {
    mkdirSync(folderOf(dir), { recursive: true })
    if (existsSync(singleOf(dir))) {
      const old = readSessionFile(singleOf(dir))
      if (!existsSync(fileOf(dir, old))) write(old)
      removePath(singleOf(dir), { force: true })
    }
    write(session)
  })
}

/** Nothing when no antenna has said its version. */
function antennasIn(dir: string): Pick<RunMade, 'antennas'> {
  const kept = Object.entries(readDeviceVersions(deviceVersionsIn(dir)))
  const antennas = Object.fromEntries(
    kept.flatMap(([key, { last }]) => {
      const [laneId = '', device] = key.split(' ')
      const said = [last?.version, last?.hardware].filter((one) => typeof one === 'string')
      return device !== 'rsu' || said.length === 0 ? [] : [[laneId, said.join(' / ')]]
    }),
  )
  return Object.keys(antennas).length === 0 ? {} : { antennas }
}

/** Program version, lot and rule pack that a run starting now is made with. Throws LOT-09 and RULE-01. */
export function madeHere(dir: string): RunMade {
  const { config } = loadLot(dir)
  mustBeOfThisLot(dir, config)
  const { lotId, provinceCode } = config
  const { pack, digest } = packHere(dir, provinceCode)
  return {
    program: version,
    lotId,
    pack: { packId: pack.id, standard: pack.standard, digest },
    ...antennasIn(dir),
  }
}

/** Throws FILE-02. */
export function inputsHere(dir: string): RunInputs {
  const { config } = loadLot(dir)
  const platform = joinedPlatform(config)
  const { chargeMode, lanes, testObus } = declaredHere(dir, config, null)
  return {
    lotFile: digestsOf(openGmCrypto()).ofBytes(readBytes(join(dir, 'lot.json'), sessionBytesMax)),
    chargeMode,
    lanes: [...lanes],
    platform: platform === null ? null : (URL.parse(platform.url)?.host ?? null),
    testObus: [...testObus],
  }
}
