// A real OpenSSH server for tests: this machine's sshd handles each connection in a namespace of its own with one
// additional user. The traffic is counted here, so that a link can be cut or held at any byte.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = '/usr/sbin/sshd'
/** A user id that no machine uses. */
const userId = 64_500

export const hasSshServer =
  existsSync(program) &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

const inNamespace = `set -e
for name in passwd shadow group; do mount --bind "$1/$name" "/etc/$name"; done
mount -t tmpfs none /run
mkdir /run/sshd
exec ${program} -i -e -f "$1/sshd_config"`

export class SshServer {
  readonly root = mkdtempSync(join(tmpdir(), 'etc-lane-ssh-'))
  /** The folder that the user may write to. */
  readonly place = join(this.root, 'copies')
  readonly password = 'Simulated:7 x'
  /** Owner of the user's files, for `chown`. */
  readonly owner = `${userId}:${userId}`
  /** sshd's log of all connections. */
  log = ''
  /** Number of client bytes that still pass; then the link is cut. */
  cutAfter = Infinity
  /** Called with the number of client bytes so far on a connection. */
  passed: (bytes: number) => void = () => undefined
  private readonly etc = join(this.root, 'etc')
  private readonly server: Server
  private readonly sockets = new Set<Socket>()
  private readonly children = new Set<ChildProcess>()

  private constructor() {
    chmodSync(this.root, 0o755)
    for (const dir of [this.etc, this.place]) mkdirSync(dir)
    chownSync(this.place, userId, userId)
    const add = (name: string, line: string): void =>
      writeFileSync(join(this.etc, name), `${readFileSync(`/etc/${name}`, 'utf8')}${line}\n`)
    const hash = execFileSync('openssl', ['passwd', '-6', this.password], { encoding: 'utf8' })
    add('passwd', `lot:x:${userId}:${userId}::${this.place}:/bin/sh`)
    add('group', `lot:x:${userId}:`)
    add('shadow', `lot:${hash.trim()}:19000:0:99999:7:::`)
    writeFileSync(
      join(this.etc, 'sshd_config'),
      [
        `HostKey ${join(this.etc, 'host_key')}`,
        'UsePAM no',
        'PasswordAuthentication yes',
        'KbdInteractiveAuthentication no',
        'StrictModes no',
        'LogLevel VERBOSE',
        'Subsystem sftp internal-sftp',
        'ForceCommand internal-sftp',
      ].join('\n'),
    )
    this.newHostKey()
    this.server = createServer((socket) => this.answer(socket))
  }

  static async start(): Promise<SshServer> {
    const one = new SshServer()
    await new Promise<void>((done) => one.server.listen(0, '127.0.0.1', done))
    return one
  }

  private answer(socket: Socket): void {
    const args = ['-m', '--propagation', 'private', 'sh', '-c', inNamespace, 'sh', this.etc]
    const child = spawn('unshare', args, { stdio: 'pipe' })
    this.children.add(child)
    this.sockets.add(socket)
    let bytes = 0
    socket.setNoDelay(true)
    const end = (): void => {
      socket.destroy()
      child.stdin.destroy()
      this.sockets.delete(socket)
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text))
    child.stdin.on('error', end)
    child.once('exit', () => {
      this.children.delete(child)
      socket.end()
    })
    child.stdout.pipe(socket)
    socket.on('error', end).on('close', end)
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (bytes > this.cutAfter) return end()
      child.stdin.write(chunk)
      this.passed(bytes)
    })
  }

  /** Uses another host key from the next connection on. */
  newHostKey(): void {
    const file = join(this.etc, 'host_key')
    for (const name of [file, `${file}.pub`]) rmSync(name, { force: true })
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  }

  /** As `ssh-keygen` prints it. */
  get fingerprint(): string {
    const file = join(this.etc, 'host_key')
    return execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }).split(' ')[1] ?? ''
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** The address of the folder, or of another one. */
  to(path = this.place): string {
    return `sftp://lot@127.0.0.1:${this.port}${path}`
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    for (const child of this.children) child.kill('SIGKILL')
    await new Promise((done) => this.server.close(done))
    rmSync(this.root, { recursive: true, force: true })
  }
}
