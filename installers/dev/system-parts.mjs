// System packages that a stage needs and npm cannot install: found, or installed on Debian as root.
// Without root one sentence says what is missing, with the command that installs it.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { collect, say, SetupStop, setUpStep, tail, thrice } from './progress.mjs'

const command = (name, ...packages) => ({ kind: 'command', name, packages })
/** Needed only by tests that run as root; other tests report that it is missing, so nobody is asked to install it. */
const forRoot = (name, ...packages) => ({ ...command(name, ...packages), forRoot: true })
const library = (name, ...packages) => ({ kind: 'library', name, packages })

/** Groups of parts, by the names that stages use. Packages are Debian's. */
export const partGroups = {
  openssl: [command('openssl', 'openssl')],
  ptys: [command('socat', 'socat')],
  network: [
    forRoot('ip', 'iproute2'),
    forRoot('tc', 'iproute2'),
    forRoot('ping', 'iputils-ping'),
    forRoot('iperf3', 'iperf3'),
    forRoot('gcc', 'gcc', 'libc6-dev'),
  ],
  pdf: [
    command('pdftoppm', 'poppler-utils'),
    command('pdftotext', 'poppler-utils'),
    command('pdffonts', 'poppler-utils'),
  ],
  /** An independent decoder for printed codes. */
  codes: [command('zbarimg', 'zbar-tools')],
  /** For independent implementations of published formats, which tests run. */
  python: [command('python3', 'python3')],
  /** An independent client that sends its data unchanged. */
  curl: [command('curl', 'curl')],
  /**
   * systemd, which tests start as PID 1 in their own namespaces, and the tools that make packages for Debian and
   * Windows.
   */
  service: [
    forRoot('systemd', 'systemd'),
    forRoot('unshare', 'util-linux'),
    command('dpkg-deb', 'dpkg'),
    command('makensis', 'nsis'),
    command('zip', 'zip'),
    command('unzip', 'unzip'),
  ],
  /** Runs the lanes for another processor, with the libraries that they are linked with. */
  arm64: [
    command('qemu-aarch64-static', 'qemu-user-static'),
    library('/usr/aarch64-linux-gnu/lib/libc.so.6', 'libc6-arm64-cross'),
    library('/usr/aarch64-linux-gnu/lib/libstdc++.so.6', 'libstdc++6-arm64-cross'),
  ],
  /** Runs the installer and the lanes for Windows. */
  wine: [forRoot('wine', 'wine', 'wine64')],
  /** An SFTP server for copies; tests start it for each connection, no service is started. */
  ssh: [forRoot('sshd', 'openssh-server'), forRoot('ssh-keygen', 'openssh-client')],
  /** PostgreSQL 15 or later as a store of the simulated platform; tests start their own server, no service is used. */
  postgres: [command('psql', 'postgresql'), command('pg_lsclusters', 'postgresql')],
  /** An MQTT broker and a client for tests, which start them. */
  mqtt: [command('mosquitto', 'mosquitto'), command('mosquitto_sub', 'mosquitto-clients')],
  compiler: [command('gcc', 'gcc', 'libc6-dev')],
  window: [
    library('libgtk-3.so.0', 'libgtk-3-0'),
    library('libnss3.so', 'libnss3'),
    library('libasound.so.2', 'libasound2'),
    library('libgbm.so.1', 'libgbm1'),
    library('libXss.so.1', 'libxss1'),
    library('libXtst.so.6', 'libxtst6'),
    library('libnotify.so.4', 'libnotify4'),
    library('libudev.so.1', 'libudev1'),
    library('libusb-1.0.so.0', 'libusb-1.0-0'),
    { kind: 'font', name: 'a Chinese font', packages: ['fonts-noto-cjk'] },
  ],
  /** A system tray, and a tool that clicks in it. */
  tray: [command('trayer', 'trayer'), command('xdotool', 'xdotool'), command('Xvfb', 'xvfb')],
  display: [command('xvfb-run', 'xvfb', 'xauth'), command('xauth', 'xauth')],
}

const onPath = (name) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].some(
    (folder) => folder !== '' && existsSync(join(folder, name)),
  )

async function knownLibraries() {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path))
  const { output } = await collect(ldconfig ?? 'ldconfig', ['-p'])
  return new Set(output.split('\n').map((line) => line.trim().split(' ')[0]))
}

async function hasChineseFont() {
  if (existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')) return true
  const { code, output } = await collect('fc-list', [':lang=zh-cn', 'family'])
  return code === 0 && output.trim() !== ''
}

/** Parts of these groups that are missing on this machine. */
export async function missingParts(groups) {
  const parts = [...new Set(groups)].flatMap((group) => partGroups[group])
  const needsLibraries = parts.some((part) => part.kind === 'library')
  const libraries = needsLibraries ? await knownLibraries() : new Set()
  const missing = []
  for (const part of parts) {
    const found =
      part.kind === 'command'
        ? onPath(part.name)
        : part.kind === 'library'
          ? libraries.has(part.name) || (part.name.startsWith('/') && existsSync(part.name))
          : await hasChineseFont()
    if (!found) missing.push(part)
  }
  return missing
}

/** Picks package names: newer releases have a 64-bit-time build under another name; `known` asks the package lists. */
export async function chooseNames(names, known) {
  const chosen = []
  for (const name of new Set(names)) {
    chosen.push((await known(`${name}t64`)) ? `${name}t64` : name)
  }
  return chosen
}

const aptKnows = async (name) => {
  const { code, output } = await collect('apt-cache', ['show', '--no-all-versions', name])
  return code === 0 && output.includes(`Package: ${name}`)
}

const aptEnv = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

async function apt(title, args) {
  const { code, output } = await thrice(title, () => collect('apt-get', args, { env: aptEnv }))
  if (code === 0) return
  say(tail(output))
  throw new SetupStop(`apt-get failed; mend the cause above and run: apt-get ${args.join(' ')}`)
}

/** The same for parts without which there is still something to run: what is missing and cannot be installed, or null. */
export async function partsLeft(groups) {
  try {
    await ensureParts(groups)
    return null
  } catch (error) {
    if (error instanceof SetupStop) return error.message
    throw error
  }
}

/** Makes sure that these groups of parts are there, or stops with one sentence. */
export async function ensureParts(groups) {
  if (process.platform !== 'linux') return
  const installs = process.getuid?.() === 0 && onPath('apt-get')
  const missing = (await missingParts(groups)).filter((part) => installs || !part.forRoot)
  if (missing.length === 0) return
  const named = missing.map((part) => part.name).join(', ')
  const packages = missing.flatMap((part) => part.packages)
  if (!onPath('apt-get')) {
    throw new SetupStop(
      `This system lacks ${named} and is not Debian; install what Debian calls: ${packages.join(' ')}`,
    )
  }
  const install = async () => [
    'install',
    '-y',
    '--no-install-recommends',
    ...(await chooseNames(packages, aptKnows)),
  ]
  if (process.getuid?.() !== 0) {
    const line = (await install()).join(' ')
    throw new SetupStop(
      `This system lacks ${named}; run: sudo apt-get update && sudo apt-get ${line}`,
    )
  }
  say(`This system lacks ${named}; installing them.`)
  await apt(setUpStep('system', 'package lists'), ['update'])
  await apt(setUpStep('system', 'system packages'), await install())
  const still = await missingParts(groups)
  if (still.length > 0) {
    throw new SetupStop(
      `Still missing after the installation: ${still.map((part) => part.name).join(', ')}.`,
    )
  }
}
