// A folder on a server by SFTP: files are transferred whole, under a temporary name until the last byte.
// Nothing is sent to a server whose host key differs from the confirmed one. The library is loaded on the first
// connection.
import { t } from '#base/pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2'
import { sftpPlaceOf, type SftpPlace } from '#base/pure/lot/copy-place.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { asTurn } from '#base/pure/faults/whole-turn.ts'

/** Limit in ms from the first byte to a session that takes commands. */
const readyMs = 20_000
/** A transfer without progress for this time in ms has failed. */
const silentMs = 60_000
const aliveEveryMs = 10_000
const aliveMissed = 3
/** Pieces of 32 KiB in transfer at once: 8 MB/s at 30 ms round trip, with half the memory of the library's default. */
const concurrency = 8

/** After this many bytes the buffers that the library made are collected. */
const collectEveryBytes = 2 * 1024 * 1024

type Collect = (options: { readonly type: 'minor' }) => void
/** The engine does not count the bytes behind its small buffer objects: by itself it would keep 50 MB of them. */
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as Collect
}

/** Status codes of the protocol. */
const noSuchFile = 2
const notAllowed = 3
const refused = 4

export interface SftpLogin {
  /** `sftp://user@host:port/path`. */
  readonly to: string
  /** Fingerprint as `ssh-keygen -l` writes it. */
  readonly hostKey: string
  readonly password: string
}

/** Members of the library's errors. */
interface SshError extends Error {
  readonly level?: string
  readonly code?: number | string
}

const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** Throws COPY-06 for an incomplete address. */
function placeOf(to: string): SftpPlace {
  const place = sftpPlaceOf(to)
  if (place !== null) return place
  const note = t(
    '须写 sftp://user@host:port/path,不带密码',
    'sftp://user@host:port/path is wanted, without a password',
  )
  throw new LaneFault('COPY-06', { field: '/copies/to', value: to, note })
}

async function newClient(): Promise<Client> {
  const { default: library } = await import('ssh2')
  return new library.Client()
}

const connecting = ({ user, host, port }: SftpPlace): ConnectConfig => ({
  host,
  port,
  username: user,
  readyTimeout: readyMs,
  keepaliveInterval: aliveEveryMs,
  keepaliveCountMax: aliveMissed,
})

/** The host key that the server shows; no user name and no password is sent. Throws COPY-06. */
export async function hostKeyOf(to: string): Promise<string> {
  const place = placeOf(to)
  const client = await newClient()
  return new Promise((done, fail) => {
    let seen: string | null = null
    const failed = asTurn((error: Error) => {
      client.destroy()
      if (seen === null) fail(new LaneFault('COPY-06', { file: to, note: error.message }))
      else done(seen)
    })
    client.on('error', failed)
    const hostVerifier = (key: Buffer): boolean => {
      seen = fingerprint(key)
      return false
    }
    client.connect({ ...connecting(place), hostVerifier })
  })
}

/** Opens a session. Throws COPY-06 to COPY-08. */
async function connect({ to, hostKey, password }: SftpLogin): Promise<Client> {
  const place = placeOf(to)
  const client = await newClient()
  return new Promise((done, fail) => {
    let seen = hostKey
    const faultOf = ({ level, message }: SshError): LaneFault => {
      if (seen !== hostKey) {
        const note = t(`确认过的密钥是 ${hostKey}`, `the key that was agreed is ${hostKey}`)
        return new LaneFault('COPY-07', { file: to, value: seen, note })
      }
      const code = level === 'client-authentication' ? 'COPY-08' : 'COPY-06'
      return new LaneFault(code, { file: to, note: message })
    }
    const failed = asTurn((error: SshError) => {
      // Errors of the closing are ignored.
      client.on('error', () => undefined)
      client.destroy()
      fail(faultOf(error))
    })
    const ready = asTurn(() => {
      // Requests are short and each waits for its answer.
      client.setNoDelay(true)
      done(client)
    })
    client.once('error', failed).once('ready', ready)
    client.on(
      'keyboard-interactive',
      asTurn((_name, _instructions, _language, prompts, answer) =>
        answer(prompts.map(() => password)),
      ),
    )
    const hostVerifier = (key: Buffer): boolean => {
      seen = fingerprint(key)
      return seen === hostKey
    }
    client.connect({ ...connecting(place), password, tryKeyboard: true, hostVerifier })
  })
}

interface RoomAnswer {
  readonly f_bavail: number | bigint
  readonly f_frsize: number | bigint
}

type Done<T> = (error?: Error | null, value?: T) => void

export class SftpFolder {
  readonly to: string
  /** Path of the address; file paths are relative to it. */
  private readonly root: string
  private readonly client: Client
  private readonly sftp: SFTPWrapper
  private readonly collect = collector()
  /** Requests without an answer; all fail when the link is lost. */
  private readonly waiting = new Set<(error: Error) => void>()

  private constructor(to: string, client: Client, sftp: SFTPWrapper) {
    this.to = to
    this.root = placeOf(to).path
    this.client = client
    this.sftp = sftp
    const lost = asTurn((error?: Error): void => {
      for (const end of this.waiting) end(error ?? new Error('the link is closed'))
    })
    const closed = asTurn(() => lost())
    client.on('error', lost).on('close', closed)
    sftp.on('error', lost).on('close', closed)
  }

  /** Throws COPY-06 to COPY-09 and COPY-11. */
  static async open(login: SftpLogin): Promise<SftpFolder> {
    const client = await connect(login)
    const { to } = login
    try {
      const sftp = await new Promise<SFTPWrapper>((done, fail) => {
        const ended = asTurn((): void => fail(new LaneFault('COPY-11', { file: to })))
        client.once('close', ended)
        const opened = asTurn((error: Error | null | undefined, session: SFTPWrapper): void => {
          client.off('close', ended)
          if (error === undefined || error === null) done(session)
          else fail(new LaneFault('COPY-09', { file: to, note: error.message }))
        })
        client.sftp(opened)
      })
      return new SftpFolder(to, client, sftp)
    } catch (error) {
      client.end()
      throw error
    }
  }

  close(): void {
    this.client.end()
  }

  /** One request to the server, ended by its answer, by the loss of the link or by silence. */
  private ask<T>(
    path: string,
    refusal: FaultCode,
    begin: (done: Done<T>, moved: () => void) => void,
  ): Promise<T> {
    const file = path === '' ? this.to : `${this.to}/${path}`
    return new Promise((done, fail) => {
      let timer: NodeJS.Timeout | undefined
      const end = (error: SshError): void => {
        clearTimeout(timer)
        this.waiting.delete(end)
        const { code, message } = error
        const isAnswer = code === noSuchFile || code === notAllowed
        const shown = isAnswer ? 'COPY-09' : code === refused ? refusal : 'COPY-11'
        fail(new LaneFault(shown, { file, note: message }))
      }
      const moved = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => end(new Error('nothing moves any more')), silentMs)
      }
      this.waiting.add(end)
      moved()
      const answered: Done<T> = asTurn((error, value) => {
        if (error !== undefined && error !== null) return end(error)
        clearTimeout(timer)
        this.waiting.delete(end)
        done(value as T)
      })
      try {
        begin(answered, moved)
      } catch (error) {
        // The library throws for an extension that the server does not offer.
        end(Object.assign(error as Error, { code: refused }))
      }
    })
  }

  private at(path: string): string {
    return path === '' ? this.root : `${this.root}/${path}`
  }

  /** Names in a folder with their sizes in bytes; null when the folder does not exist. */
  list(path: string): Promise<ReadonlyMap<string, number> | null> {
    return this.ask(path, 'COPY-09', (done) =>
      this.sftp.readdir(
        this.at(path),
        asTurn((error, names) => {
          if ((error as SshError | undefined)?.code === noSuchFile) return done(null, null)
          const found = error === undefined ? names : []
          done(error, new Map(found.map(({ filename, attrs }) => [filename, attrs.size])))
        }),
      ),
    )
  }

  async make(path: string): Promise<void> {
    await this.ask(path, 'COPY-10', (done) => this.sftp.mkdir(this.at(path), done))
  }

  private pieces(moved: () => void) {
    let bytes = 0
    const step = (_total: number, count: number): void => {
      moved()
      bytes += count
      if (bytes < collectEveryBytes) return
      bytes = 0
      this.collect({ type: 'minor' })
    }
    return { concurrency, step }
  }

  async get(path: string, to: string): Promise<void> {
    await this.ask(path, 'COPY-09', (done, moved) =>
      this.sftp.fastGet(this.at(path), to, this.pieces(moved), done),
    )
  }

  /** Sends under a temporary name and renames at the end. Throws COPY-10 when the server refuses. */
  async put(from: string, path: string): Promise<void> {
    const part = `${path}.part`
    await this.ask(path, 'COPY-10', (done, moved) =>
      this.sftp.fastPut(from, this.at(part), this.pieces(moved), done),
    )
    await this.ask(path, 'COPY-10', (done) => {
      const [before, after] = [this.at(part), this.at(path)]
      // The rename of the protocol itself refuses an existing name, so the OpenSSH extension is used.
      this.sftp.ext_openssh_rename(before, after, done)
    })
  }

  async remove(path: string): Promise<void> {
    await this.ask(path, 'COPY-10', (done) => this.sftp.unlink(this.at(path), done))
  }

  async removeFolder(path: string): Promise<void> {
    await this.ask(path, 'COPY-10', (done) => this.sftp.rmdir(this.at(path), done))
  }

  /** Free bytes; null when the server does not report them. */
  async room(): Promise<number | null> {
    try {
      const { f_bavail, f_frsize } = await this.ask<RoomAnswer>('', 'COPY-09', (done) =>
        this.sftp.ext_openssh_statvfs(
          this.root,
          asTurn((error, found) => done(error, found as RoomAnswer)),
        ),
      )
      return Number(f_bavail) * Number(f_frsize)
    } catch (error) {
      if (error instanceof LaneFault && error.code === 'COPY-11') throw error
      return null
    }
  }
}
