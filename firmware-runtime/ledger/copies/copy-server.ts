// Copies on a server: made in a local folder and sent file by file, the list of copies last, so that a cut link leaves
// no half copy in the list. They are fetched into a local folder and opened there.
import { t } from '#base/pure/words/fault-text.ts'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isServer } from '#base/pure/lot/copy-place.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type {
  CopyMade,
  CopyPlan,
  CopyTested,
  PlaceTried,
  PlaceWish,
} from '../ports/copy-service.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { hostKeyOf, SftpFolder, type SftpLogin } from './sftp-folder.ts'
import type { ReaderOptions } from '../sqlite/ledger-reader.ts'
import { boxNames, filesOf, listName, neededFor, readCopies, unnamedOf } from './copy-list.ts'
import { testCopy } from './copy-open.ts'
import { copyOut, inScratch, lotFolder, putCopy } from './copy-out.ts'
import { DiskFolder, type PlaceFolder } from './place-folder.ts'

/** Name of the sealed password of the server. */
export const copiesSecret = 'copies'
/** Files with keys, sent before the copies; the list of copies is sent after them. */
const keyNames = [...boxNames, 'recovery.json']
const isCopy = /\.etcseal$/
const isPart = /\.part$/
const lotShape = /^[A-Za-z0-9]+-[\w-]+$/
const tryName = '.etc-lane-try'

function loginOf(
  dir: string,
  { to, hostKey }: Pick<CopyPlan, 'to' | 'hostKey'>,
  secret = copiesSecret,
): SftpLogin {
  const password = secretStore(dir, machineSecret()).read(secret)
  if (password !== null && hostKey !== null) return { to, hostKey, password }
  const note =
    hostKey === null
      ? t('还没有确认主机密钥', 'no host key is agreed')
      : t('没有保存它的密码', 'no password is kept for it')
  throw new LaneFault('COPY-08', { file: to, note })
}

/** Runs work in one session. */
async function onServer<T>(login: SftpLogin, work: (folder: SftpFolder) => Promise<T>): Promise<T> {
  const folder = await SftpFolder.open(login)
  try {
    return await work(folder)
  } finally {
    folder.close()
  }
}

/** Limit in ms of one session for photos, so that it does not delay the next copy of the ledger. */
const photosMaxMs = 120_000

/** Gives access to the second place, for a session with photos. */
export async function atPlace<T>(
  dir: string,
  plan: Pick<CopyPlan, 'to' | 'hostKey'> & { readonly secret?: string },
  work: (folder: PlaceFolder) => Promise<T>,
): Promise<T> {
  if (!isServer(plan.to)) return work(new DiskFolder(plan.to))
  return onServer(loginOf(dir, plan, plan.secret), async (folder) => {
    const timer = setTimeout(() => folder.close(), photosMaxMs)
    try {
      return await work(folder)
    } finally {
      clearTimeout(timer)
    }
  })
}

/** In a fault, replaces the local path of a fetched file by the place that it came from. */
async function named<T>(staging: string, to: string, work: () => T): Promise<Awaited<T>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { file = '' } = error.detail
    if (!file.startsWith(staging)) throw error
    throw new LaneFault(error.code, { ...error.detail, file: file.replace(staging, to) })
  }
}

/** The folder in the address is never made: a typing error would create a new place. */
async function mustBeThere(folder: SftpFolder): Promise<void> {
  if ((await folder.list('')) !== null) return
  throw new LaneFault('COPY-09', {
    file: folder.to,
    note: t('没有这个文件夹', 'there is no such folder'),
  })
}

async function sendCopy(options: ReaderOptions, plan: CopyPlan, atIso: string): Promise<CopyMade> {
  const login = loginOf(options.dir, plan)
  const lot = lotFolder(plan)
  return onServer(login, (folder) =>
    inScratch(options.dir, 'server.part', async (staging) => {
      const there = await folder.list(lot)
      if (there === null) {
        await mustBeThere(folder)
        await folder.make(lot)
      }
      const place = join(staging, lot)
      mkdirSync(place)
      if (there?.has(listName) === true)
        await folder.get(`${lot}/${listName}`, join(place, listName))
      const bytesOf = (file: string): number | null => there?.get(file) ?? null
      const target = { place, name: `${plan.to}/${lot}`, bytesOf }
      const made = await named(staging, plan.to, () => putCopy(options, plan, target, atIso))
      await upload(folder, lot, place, made.file !== null)
      const names = [...((await folder.list(lot))?.keys() ?? [])]
      const parts = names.filter((name) => isPart.test(name))
      for (const name of [...parts, ...unnamedOf(readCopies(place), names)])
        await folder.remove(`${lot}/${name}`)
      return made
    }),
  )
}

/** The list goes last: files that it does not name do not count. */
async function upload(
  folder: SftpFolder,
  lot: string,
  place: string,
  isNew: boolean,
): Promise<void> {
  const made = readdirSync(place).filter((name) => isCopy.test(name))
  for (const name of [...keyNames, ...made, ...(isNew ? [listName] : [])])
    await folder.put(join(place, name), `${lot}/${name}`)
}

/** Copies to fetch: the newest with all files it needs, or all of them. */
type Fetched = 'newest' | 'all'

/** Fetches the copies of a lot into a folder of that name in `to`. Throws COPY-02 when there are no copies. */
async function fetchCopy(
  folder: SftpFolder,
  lot: string,
  to: string,
  which: Fetched,
): Promise<string> {
  const there = await folder.list(lot)
  if (there?.has(listName) !== true)
    throw new LaneFault('COPY-02', {
      file: `${folder.to}/${lot}`,
      note: t('没有副本', 'there is no copy'),
    })
  const place = join(to, lot)
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const get = (name: string) => folder.get(`${lot}/${name}`, join(place, name))
  await get(listName)
  // A missing file is reported when the copy is opened.
  const { chains } = readCopies(place)
  const lines = which === 'all' ? chains.flat() : neededFor(chains.at(-1) ?? [])
  for (const name of [...keyNames, ...filesOf(lines)]) if (there.has(name)) await get(name)
  return place
}

/**
 * The only lot with copies in the addressed folder, or in a folder below it. Throws COPY-02 or ARG-01 for several lots.
 */
async function lotIn(folder: SftpFolder): Promise<string> {
  const there = await folder.list('')
  if (there?.has(listName) === true) return '.'
  const lots: string[] = []
  for (const name of there?.keys() ?? [])
    if (lotShape.test(name) && (await folder.list(name))?.has(listName) === true) lots.push(name)
  const [only, another] = lots
  if (only === undefined)
    throw new LaneFault('COPY-02', { file: folder.to, note: t('没有副本', 'there is no copy') })
  if (another === undefined) return only
  const note = t(
    `有几个停车场的副本:${lots.join(', ')}`,
    `copies of several lots: ${lots.join(', ')}`,
  )
  throw new LaneFault('ARG-01', { field: '--from', value: folder.to, note })
}

interface FoundPlace {
  readonly folder: PlaceFolder
  /** Name of the lot's folder. */
  readonly lot: string
}

/** The place named by `from`, for a machine without the lot. */
export const atCopies = <T>(
  from: string,
  login: SftpLogin | null,
  work: (found: FoundPlace) => Promise<T>,
): Promise<T> =>
  login === null
    ? work({ folder: new DiskFolder(dirname(from)), lot: basename(from) })
    : onServer(login, async (folder) => work({ folder, lot: await lotIn(folder) }))

/** For a machine without the lot: fetches copies and keys into a folder below `to`. */
export const fetchCopies = (login: SftpLogin, to: string, which: Fetched): Promise<string> =>
  onServer(login, async (folder) => {
    const lot = await lotIn(folder)
    return named(to, login.to, () => fetchCopy(folder, lot, to, which))
  })

/** Reads a server's host key; once it is confirmed, also writes a test file. Throws COPY-06 to COPY-11. */
export async function tryServer(dir: string, wish: PlaceWish): Promise<PlaceTried> {
  const { to, hostKey, password } = wish
  if (hostKey === null) return { hostKey: await hostKeyOf(to), isWritten: false, roomBytes: null }
  const login = password === null ? loginOf(dir, wish) : { to, hostKey, password }
  return onServer(login, (folder) =>
    inScratch(dir, 'try.part', async (scratch) => {
      await mustBeThere(folder)
      const file = join(scratch, tryName)
      writeFileSync(file, 'etc-lane\n')
      await folder.put(file, tryName)
      await folder.remove(tryName)
      return { hostKey, isWritten: true, roomBytes: await folder.room() }
    }),
  )
}

async function testOnServer(options: ReaderOptions, plan: CopyPlan): Promise<CopyTested> {
  const login = loginOf(options.dir, plan)
  const lot = lotFolder(plan)
  return onServer(login, (folder) =>
    inScratch(options.dir, 'server.part', (staging) =>
      named(staging, plan.to, async () => {
        await fetchCopy(folder, lot, staging, 'newest')
        const tested = testCopy(options, { ...plan, to: staging })
        return { ...tested, place: `${plan.to}/${lot}` }
      }),
    ),
  )
}

/** Makes a copy at the second place of the plan, a folder or a server. */
export const makeCopy = (
  options: ReaderOptions,
  plan: CopyPlan,
  atIso: string,
): Promise<CopyMade> =>
  isServer(plan.to) ? sendCopy(options, plan, atIso) : copyOut(options, plan, atIso)

export const tryCopy = async (options: ReaderOptions, plan: CopyPlan): Promise<CopyTested> =>
  isServer(plan.to) ? testOnServer(options, plan) : testCopy(options, plan)
