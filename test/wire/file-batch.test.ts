// `queue drain --files`: a lot's backlog goes to its platform in a sealed file over real HTTPS, and each record ends by
// the answer file. A repeat changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueCommand } from '#runtime/commands/queue.ts'
import { said } from './kit/backup-lot.ts'
import { cleanUp } from './kit/live-program.ts'
import { startPlatform, TransferLot } from './kit/transfer-lot.ts'

let platform: Awaited<ReturnType<typeof startPlatform>>
let lot: TransferLot
beforeAll(async () => {
  platform = await startPlatform()
  lot = new TransferLot(platform)
})
afterAll(cleanUp)

const drained = (...more: string[]) =>
  said(queueCommand, ['drain', '--data', lot.dir, '--within', '30', ...more])

test('twelve records end by files, each once, and the rest as always', async () => {
  lot.adds(12)
  expect(await drained('--files')).toMatchObject({ ok: true, before: 12, unsent: 0 })
  const books = await lot.books()
  expect(books).toHaveLength(12)
  expect(lot.ends()).toEqual(Array<string>(12).fill('confirmed'))
  expect(JSON.stringify(await lot.admin('GET', '/log'))).toContain('POST /v1/files/exit-trades')
  expect(await drained('--files')).toMatchObject({ ok: true, before: 0 })
  expect(await lot.books()).toEqual(books)
})

const filesSent = async (): Promise<number> =>
  JSON.stringify(await lot.admin('GET', '/log')).split('POST /v1/files/exit-trades').length - 1

test('a backlog goes in files by itself from the number that is set, and not below it', async () => {
  const before = await filesSent()
  lot.sets({ filesFrom: 20, pacePerMin: 12_000 })
  lot.adds(15)
  expect(await drained()).toMatchObject({ ok: true, before: 15, unsent: 0 })
  expect(await filesSent()).toBe(before)
  lot.adds(60)
  expect(await drained()).toMatchObject({ ok: true, before: 60, unsent: 0 })
  expect(await filesSent()).toBeGreaterThan(before)
  expect(await lot.books()).toHaveLength(12 + 15 + 60)
})

test('a platform that takes files under SM4-CBC alone gets them so where the lot file says it', async () => {
  await lot.admin('POST', '/policy', { fileCipher: 'SM4-CBC' })
  lot.sets({ filesFrom: 20, pacePerMin: 12_000, fileCipher: 'SM4-CBC' })
  lot.adds(40)
  const before = await filesSent()
  expect(await drained('--files')).toMatchObject({ ok: true, before: 40, unsent: 0 })
  expect(await filesSent()).toBeGreaterThan(before)
  expect(await lot.books()).toHaveLength(12 + 15 + 60 + 40)
})

test('under a cipher that the platform does not take each record goes by itself, once', async () => {
  lot.sets({ filesFrom: 20, pacePerMin: 12_000, fileCipher: 'SM4-GCM' })
  lot.adds(5)
  expect(await drained('--files')).toMatchObject({ ok: true, before: 5, unsent: 0 })
  expect(await lot.books()).toHaveLength(12 + 15 + 60 + 40 + 5)
})
