// A second place as a folder of whole files: on this machine here, on a server in adapters/sftp.
// Paths are below the place, with slashes.
import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, open, readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { removePathAsync, renamePathAsync } from '#base/files/held-path.ts'

export interface PlaceFolder {
  /** The place as shown to people. */
  readonly to: string
  /** Names in a folder with their sizes in bytes; null when the folder does not exist. */
  list(path: string): Promise<ReadonlyMap<string, number> | null>
  make(path: string): Promise<void>
  get(path: string, to: string): Promise<void>
  /** The file gets its name after all its bytes are written. */
  put(from: string, path: string): Promise<void>
  remove(path: string): Promise<void>
  /** Removes an empty folder. */
  removeFolder(path: string): Promise<void>
}

/** Throws COPY-01 for every disk error. */
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
      await renamePathAsync(part, file)
    })
  }

  async remove(path: string): Promise<void> {
    await this.on(path, (file) => removePathAsync(file))
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
