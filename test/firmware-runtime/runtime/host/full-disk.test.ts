// A full disk and a folder that cannot be created: reported with their codes, and nothing is left behind.
// A stand-in reports the full disk, so that the test needs no file system of its own.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { claimFolder } from '#lane/folder/data-folder.ts'
import { demoCommand } from '#harness/demo.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import type { SimLauncher } from '#harness/lot/sim-process.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { noIo } from '../../../kit/run-command.ts'

const disk = vi.hoisted(() => ({ full: false }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const writeSync = (fd: number, text: string): number => {
    if (!disk.full) return fs.writeSync(fd, text)
    throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' })
  }
  return { ...fs, writeSync }
})

const dir = folderOfFile('etc-lane-full-')
const file = join(dir, 'file')
beforeEach(() => {
  disk.full = false
  writeFileSync(file, '')
})

describe('a folder', () => {
  it('without room for the lock is DATA-02, and keeps no empty lock', () => {
    disk.full = true
    expect(() => claimFolder(join(dir, 'a'))).toThrow(/^DATA-02 /)
    expect(readdirSync(join(dir, 'a', 'run'))).toEqual([])
    disk.full = false
    claimFolder(join(dir, 'a')).release()
  })

  it('that cannot be made is DATA-01, for the demo as well', async () => {
    const below = join(file, 'demo')
    expect(() => claimFolder(below)).toThrow(/^DATA-01 /)
    await expect(demoCommand.run(['--headless', '--data', below], noIo)).rejects.toMatchObject({
      code: 'DATA-01',
      detail: { file: below },
    })
    expect(existsSync(below)).toBe(false)
  })
})

describe('simulators of a world', () => {
  const started: string[] = []
  const killed: string[] = []
  /** The platform finds no room for its certificates; the other simulators start after that. */
  const launch: SimLauncher = (name, args, news) => {
    const id = `${name} ${args.at(-1) ?? ''}`
    started.push(id)
    const fault = new LaneFault('DATA-02', { note: 'ENOSPC' })
    const endpoints = { link: 'tcp://127.0.0.1:1', admin: 'http://127.0.0.1:1' }
    if (name === 'platform-sim') {
      setImmediate(() => {
        news.line(JSON.stringify(faultJson(fault)))
        news.gone(2)
      })
    } else setImmediate(() => setImmediate(() => news.line(JSON.stringify({ pid: 1, endpoints }))))
    return () => {
      killed.push(id)
      news.gone(0)
    }
  }

  it('end with the world when one could not start, and its fault is the one that is said', async () => {
    const harness = new LotHarness({
      dir: join(dir, 'world'),
      charge: 'online',
      offline: 'other-payment',
      variant: 'generic-bcc',
      timing: 'instant',
      seed: 1,
      capacity: 10,
      rsuLink: 'tcp',
      program: 'none',
      launch,
    })
    await expect(harness.startDevices()).rejects.toMatchObject({ code: 'DATA-02' })
    await harness.stop()
    expect(started).toHaveLength(6)
    expect(killed.toSorted()).toEqual(started.filter((s) => !s.startsWith('platform')).toSorted())
  })
})

describe('an error of the file system', () => {
  it('is told from one of ours, of a socket and of a program', () => {
    const error = (more: object): Error => Object.assign(new Error('no'), more)
    const rights = { code: 'EACCES', syscall: 'mkdir', path: '/x' }
    expect(isDiskError(error(rights))).toBe(true)
    expect(isDiskError(error({ code: 'EADDRINUSE', syscall: 'listen' }))).toBe(false)
    expect(isDiskError(error({ ...rights, syscall: 'spawn socat' }))).toBe(false)
    expect(isDiskError(new Error('no'))).toBe(false)
    expect(diskFault(error(rights), {}, 'FILE-01').code).toBe('FILE-01')
    const quota = error({ code: 'EDQUOT', syscall: 'write' })
    expect(diskFault(quota, { file: '/x' }, 'FILE-01').code).toBe('DATA-02')
  })
})
