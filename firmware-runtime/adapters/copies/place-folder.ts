// A second place as files that come and go whole, whatever it is: a folder of this machine here, a server in
// adapters/sftp. Paths are below the place, with slashes.
import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFault } from '../../core/faults/disk-fault.ts'

export interface PlaceFolder {
  /** The place as people know it. */
  readonly to: string
  /** What is in a folder below, each with its size; null where there is no such folder. */
  list(path: string): Promise<ReadonlyMap<string, number> | null>
  make(path: string): Promise<void>
  get(path: string, to: string): Promise<void>
  /** It has its name when all of it is there. */
  put(from: string, path: string): Promise<void>
  remove(path: string): Promise<void>
  /** An empty one. */
  removeFolder(path: string): Promise<void>
}

/** COPY-01 for whatever the disk refuses. */
export class DiskFolder implements PlaceFolder {
  readonly to: string

  constructor(to: string) {
    this.to = to
  }

  list(path: string): Promise<ReadonlyMap<string, number> | null> {
    return this.on(path, async (folder) => {
      const found = new Map<string, number>()
      try {
        for (const name of await readdir(folder))
          found.set(name, (await lstat(join(folder, name))).size)
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }
      return found
    })
  }

  async make(path: string): Promise<void> {
    await this.on(path, (folder) => mkdir(folder, { mode: 0o700 }))
  }

  async get(path: string, to: string): Promise<void> {
    await this.on(path, (file) => copyFile(file, to, constants.COPYFILE_FICLONE))
  }

  async put(from: string, path: string): Promise<void> {
    await this.on(path, async (file) => {
      const part = `${file}.part`
      await copyFile(from, part, constants.COPYFILE_FICLONE)
      const handle = await open(part, 'r+')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(part, file)
    })
  }

  async remove(path: string): Promise<void> {
    await this.on(path, (file) => unlink(file))
  }

  async removeFolder(path: string): Promise<void> {
    await this.on(path, (folder) => rmdir(folder))
  }

  private async on<T>(path: string, work: (file: string) => Promise<T>): Promise<T> {
    const file = join(this.to, path)
    try {
      return await work(file)
    } catch (error) {
      throw diskFault(error, { file }, 'COPY-01', 'COPY-01')
    }
  }
}
